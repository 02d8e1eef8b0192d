/// A workbook of Excel since 2007 (.xlsx, .xlsm) with the sheet that is read.
struct Workbook {
  private static let usualPart = "xl/workbook.xml"

  let sheet: WorkbookSheet
  /// Sentences about what reading leaves out.
  let warnings: [String]

  /// Opens the sheet that is named `wanted`, or has this number counted from 1; nil for the first with cells.
  ///
  /// - Throws: ``FrameError``, also for other files of Office programs.
  init(_ archive: WorkbookArchive, sheet wanted: String?, decimalMark: DecimalMark?) throws(FrameError) {
    let part = try archive.relationships(of: "").part(of: "officeDocument") ?? Self.usualPart
    if let refusal = OfficeFile.refusal(names: archive.names, document: part, path: archive.path) { throw refusal }
    let outline = WorkbookOutline()
    try archive.read(part, outline)
    let links = try archive.relationships(of: part)
    let choice = SheetChoice(outline.sheets.map { ($0, links.targets[$0.relationship]) }, path: archive.path)
    let (chosen, cells) = try choice.sheet(wanted)
    let values = SheetValues(
      strings: SharedStrings(), styles: CellStyles(), calendar: outline.calendar)
    if let part = links.part(of: "styles") { try archive.describe(part, values.styles) }
    if let part = links.part(of: "sharedStrings"), archive.names.contains(part) {
      try archive.read(part, values.strings)
    }
    var others: [String] = []
    for other in choice.others(than: chosen) where try SheetProbe.holdsValues(other.part, of: archive) {
      others.append(other.name)
    }
    guard let sheet = try WorkbookSheet(chosen.name, part: cells, of: archive, values: values, decimalMark: decimalMark)
    else { throw .emptySheet(path: archive.path, name: chosen.name, others: others) }
    self.sheet = sheet
    var warnings = sheet.warnings
    if wanted == nil, !others.isEmpty {
      warnings.insert(
        "'\(archive.path)': sheet '\(chosen.name)' is read, not \(SheetChoice.list(others)); 'sheet' names another",
        at: 0)
    }
    if chosen.isHidden { warnings.append("'\(archive.path)': sheet '\(chosen.name)' is hidden") }
    self.warnings = warnings
  }
}
