internal import Wording

/// One sheet of a workbook, measured and ready to be read.
struct WorkbookSheet {
  /// The number of fields from which a sheet must not be nearly empty.
  private static let largeArea = 100_000_000
  /// The least share of filled cells in such a sheet: one stray cell in the last column would need gigabytes.
  private static let leastShare = 0.01

  let path: String
  let rowCount: Int
  private let archive: WorkbookArchive
  private let part: String
  private let values: SheetValues
  private let columns: Range<Int>
  /// Sentences about what reading leaves out.
  let warnings: [String]

  /// Measures the sheet named `name`; nil if it is empty.
  init?(
    _ name: String, part: String, of archive: WorkbookArchive, values: SheetValues, decimalMark: DecimalMark?
  ) throws(FrameError) {
    let extent = SheetExtent(values)
    let parser = SheetParser(extent)
    try archive.read(part, parser)
    guard !extent.rows.isEmpty else { return nil }
    let area = extent.rows.count * extent.columns.count
    guard area < Self.largeArea || Double(extent.filledCells) >= Self.leastShare * Double(area) else {
      throw .unusable(
        path: archive.path,
        problem: "sheet '\(name)' has \(extent.filledCells) values spread over \(extent.rows.count) rows and "
          + "\(extent.columns.count) columns; delete the stray cells outside the table")
    }
    path = archive.path
    rowCount = extent.filledRows
    self.archive = archive
    self.part = part
    columns = extent.columns
    var values = values
    values.durationColumns = extent.durationColumns
    let writesCommas = decimalMark.map { $0 == .comma } ?? extent.showsDecimalCommas
    values.decimalMark = writesCommas ? UInt8(ascii: ",") : UInt8(ascii: ".")
    self.values = values
    // Texts may have marks between groups, too, which are guessed only if no mark is stated.
    self.decimalMark = decimalMark ?? (extent.hasWrittenNumbers ? nil : .point)
    warnings = Self.warnings(name, extent, mergedAreas: parser.mergedAreas, path: archive.path)
  }

  /// The decimal mark of all numbers, stated or certain; nil if texts hold numbers, whose notation is guessed.
  ///
  /// Stored numbers are then written as most of these texts are, so that one guess fits all.
  let decimalMark: DecimalMark?

  /// Opens the cells of the sheet and the writer that receives them.
  func open() throws(FrameError) -> (WorkbookPart, SheetWriter) {
    let writer = SheetWriter(values, columns: columns)
    return (try archive.open(part, SheetParser(writer)), writer)
  }

  private static func warnings(_ name: String, _ extent: SheetExtent, mergedAreas: Int, path: String) -> [String] {
    var warnings: [String] = []
    if let first = extent.firstUncomputed {
      warnings.append(
        "'\(path)': \(NumberText.count(extent.uncomputed, "formula")) of sheet '\(name)' without a stored value, "
          + "the first in \(first), count as missing; open and save the file with a spreadsheet program")
    }
    if mergedAreas > 0 {
      warnings.append(
        "'\(path)': sheet '\(name)' has \(NumberText.count(mergedAreas, "merged area")); "
          + "the value of each counts only for its first cell, the others are missing")
    }
    let gaps = extent.rows.count - extent.filledRows
    if gaps > 0 {
      warnings.append("'\(path)': \(NumberText.count(gaps, "empty row")) between others of sheet '\(name)' left out")
    }
    return warnings
  }
}
