/// The sheets of a workbook and the calendar of its dates.
final class WorkbookOutline: XMLHandler {
  struct Sheet: Equatable {
    let name: String
    /// The link to the part with the cells.
    let relationship: String
    let isHidden: Bool
  }

  /// The sheets in the order of their tabs, with charts and hidden sheets.
  private(set) var sheets: [Sheet] = []
  private(set) var calendar = SerialDate.Calendar.from1900

  func start(_ element: XMLName, _ attributes: XMLAttributes) throws(XMLProblem) {
    switch element {
    case "sheet":
      guard let name = attributes["name"]?.text, let relationship = attributes["id"]?.text else {
        throw XMLProblem("a sheet without name or part")
      }
      let state = attributes["state"]?.text
      sheets.append(
        Sheet(name: name, relationship: relationship, isHidden: state == "hidden" || state == "veryHidden"))
    case "workbookPr":
      if attributes["date1904"]?.isTrue == true { calendar = .from1904 }
    default: break
    }
  }
}
