package import Explanations

/// Contributions as a table with a column per column of the model and H2O's name for the bias.
///
/// More than two classes have a line per row and class.
///
/// The text of a table of any length is written in parts.
package struct ContributionTable {
  private static let biasName = "BiasTerm"

  private let write: (String) throws -> Void
  private var hasHeader = false

  /// - `write`: Receives the text, with its header first.
  package init(write: @escaping (String) throws -> Void) { self.write = write }

  /// Writes the contributions of the next rows.
  package mutating func append(_ contributions: Contributions) throws {
    let csv = Self.csv(contributions)
    if !hasHeader { try write(csv.headerLine) }
    hasHeader = true
    try write(csv.body)
  }

  /// - `rowNumbers`: The number of each row in its table, from 1, for the first column; nil for none.
  package static func csv(_ contributions: Contributions, rowNumbers: [Int]? = nil) -> CSVText {
    let classes = contributions.scale.classes
    let hasClasses = classes.count > 1
    var csv = CSVText(
      header: (rowNumbers == nil ? [] : ["row"]) + (hasClasses ? ["class"] : []) + contributions.columns + [biasName])
    for row in 0..<contributions.rowCount {
      for margin in 0..<contributions.scale.count {
        csv.append(
          (rowNumbers.map { [.int($0[row])] } ?? []) + (hasClasses ? [.text(classes[margin])] : [])
            + contributions.values(row: row, margin: margin).map(CSVText.Cell.number)
            + [.number(contributions.bias[margin])])
      }
    }
    return csv
  }
}
