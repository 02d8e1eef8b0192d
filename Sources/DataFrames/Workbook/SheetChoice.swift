/// The sheets of a workbook, one of which is read.
struct SheetChoice {
  private static let listedNames = 10

  private let sheets: [(sheet: WorkbookOutline.Sheet, target: WorkbookRelationships.Target?)]
  private let path: String

  init(_ sheets: [(WorkbookOutline.Sheet, WorkbookRelationships.Target?)], path: String) {
    self.sheets = sheets.map { (sheet: $0.0, target: $0.1) }
    self.path = path
  }

  /// Returns a sheet and the part with its cells.
  ///
  /// - `wanted`: A name; else a number that counts all sheets from 1, also hidden ones; nil for the first with cells.
  func sheet(_ wanted: String?) throws(FrameError) -> (sheet: WorkbookOutline.Sheet, part: String) {
    guard let wanted else {
      guard let first = sheets.first(where: { cells($0.target) != nil }), let part = cells(first.target) else {
        throw .unusable(path: path, problem: "the workbook has no sheet with cells")
      }
      return (first.sheet, part)
    }
    let numbered = Int(wanted).flatMap { sheets.indices.contains($0 - 1) && $0 > 0 ? sheets[$0 - 1] : nil }
    guard
      let found = sheets.first(where: { $0.sheet.name == wanted })
        ?? sheets.first(where: { $0.sheet.name.lowercased() == wanted.lowercased() }) ?? numbered
    else {
      throw .unknownSheet(path: path, name: wanted, sheets: sheets.map(\.sheet.name))
    }
    guard let part = cells(found.target) else {
      throw .unusable(path: path, problem: "sheet '\(found.sheet.name)' has no cells: it is a chart or a macro")
    }
    return (found.sheet, part)
  }

  /// Returns the names and parts of the other sheets with cells.
  func others(than chosen: WorkbookOutline.Sheet) -> [(name: String, part: String)] {
    sheets.compactMap { entry in
      guard entry.sheet != chosen, let part = cells(entry.target) else { return nil }
      return (entry.sheet.name, part)
    }
  }

  private func cells(_ target: WorkbookRelationships.Target?) -> String? {
    target.flatMap { $0.type == "worksheet" ? $0.part : nil }
  }

  /// Lists names in quotes, at most ten.
  static func list(_ names: [String]) -> String {
    let listed = names.prefix(listedNames).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > listedNames ? "\(listed) and \(names.count - listedNames) more" : listed
  }
}

/// Looks for the first value of a sheet.
final class SheetProbe: SheetReceiver {
  private var holdsValue = false

  private init() {}

  /// Returns true if the sheet in `part` has any value; a missing part has none.
  static func holdsValues(_ part: String, of archive: WorkbookArchive) throws(FrameError) -> Bool {
    guard archive.names.contains(part) else { return false }
    let probe = SheetProbe()
    let cells = try archive.open(part, SheetParser(probe))
    while !probe.holdsValue { if try !cells.step() { break } }
    return probe.holdsValue
  }

  func receive(_ cell: SheetCell, value: UnsafeBufferPointer<UInt8>) throws(XMLProblem) {
    if cell.content != .empty { holdsValue = true }
  }

  func finishRow(_ row: Int) throws(XMLProblem) {}
}
