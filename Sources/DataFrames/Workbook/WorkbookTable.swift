extension TableLayout.Format {
  package static let xlsx = TableLayout.Format(name: "xlsx", columnNames: .optional)
}

/// The table in a sheet of a workbook: its cells become lines of text, which are read as a CSV file is.
final class WorkbookTable: StoredTable {
  private let text: TextTable
  private let workbook: Workbook
  /// True if the job states the form of numbers.
  private let statesNumbers: Bool
  private var isFirstPiece = true

  static func recognises(_ file: TableFile) -> Bool {
    OfficeFile.isZip(file.head)
      && ZipEntry.names(in: file.descriptor).map { OfficeFile.isOfficeArchive(names: $0) } ?? false
  }

  init(_ file: TableFile, options: ReadOptions) throws(FrameError) {
    let archive = WorkbookArchive(
      descriptor: file.descriptor, path: file.name, names: ZipEntry.names(in: file.descriptor) ?? [],
      limitBytes: options.maximumBytes)
    let workbook = try Workbook(archive, sheet: options.sheet, decimalMark: options.decimalMark)
    self.workbook = workbook
    statesNumbers = options.statedNumbers != nil
    var options = options
    options.separator = Character(Unicode.Scalar(SheetField.separator))
    options.decimalMark = workbook.sheet.decimalMark
    text = TextTable(file, options: options) { SheetText(workbook.sheet, maximumBytes: $0) }
  }

  func frame() throws(FrameError) -> Frame { described(try text.frame(), warnings: workbook.warnings) }

  func nextRows() throws(FrameError) -> Frame? {
    guard let piece = try text.nextRows() else { return nil }
    defer { isFirstPiece = false }
    return described(piece, warnings: isFirstPiece ? workbook.warnings : [])
  }

  func outline() throws(FrameError) -> TableOutline { try text.outline() }

  private func described(_ frame: Frame, warnings: [String]) -> Frame {
    var layout = frame.layout ?? TableLayout(format: .xlsx, hasHeader: true)
    layout.format = .xlsx
    (layout.encoding, layout.separator, layout.decimalMark) = (nil, nil, nil)
    // The notation of stored numbers is that of their text in memory, which says nothing of other tables.
    if !statesNumbers, workbook.sheet.decimalMark != nil {
      layout.notation.columns = layout.notation.columns.compactMapValues(\.withoutMarks)
    }
    return Frame(
      path: frame.path, columns: frame.columns, warnings: warnings + frame.warnings.map(Self.inRows), layout: layout,
      typeReasons: frame.typeReasons, unreadNames: frame.unreadNames)
  }

  /// Returns a sentence about a line of text as one about a row of the sheet.
  private static func inRows(_ warning: String) -> String {
    warning.replacing(/\bline (\d+)/) { "row \($0.1)" }
  }
}
