/// The formats of cells by the number of their style.
final class CellStyles: XMLHandler {
  private var custom: [Int: CellFormat] = [:]
  private var numbers: [Int] = []
  private var isInFormats = false
  private var isInStyles = false
  private(set) var formats: [CellFormat] = []

  func start(_ element: XMLName, _ attributes: XMLAttributes) throws(XMLProblem) {
    switch element {
    case "numFmts": isInFormats = true
    case "cellXfs": isInStyles = true
    case "numFmt" where isInFormats:
      if let number = attributes["numFmtId"]?.number, let code = attributes["formatCode"]?.text {
        custom[number] = CellFormat(code: code)
      }
    case "xf" where isInStyles: numbers.append(attributes["numFmtId"]?.number ?? 0)
    default: break
    }
  }

  func end(_ element: XMLName) throws(XMLProblem) {
    switch element {
    case "numFmts": isInFormats = false
    case "cellXfs": isInStyles = false
    case "styleSheet": formats = numbers.map { custom[$0] ?? CellFormat(builtIn: $0) }
    default: break
    }
  }

  subscript(style: Int) -> CellFormat { formats.indices.contains(style) ? formats[style] : .number }
}
