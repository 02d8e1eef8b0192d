internal import DataFrames

/// Recognises responses that are classes by mistake, such as numbers in a notation that was not understood.
enum ManyClasses {
  /// A response of more classes is rarely meant as a classification.
  private static let usualMaximum = 50

  /// Words for a response of suspiciously many classes; nil for other responses.
  ///
  /// - Parameters:
  ///   - response: The column.
  ///   - isDeclared: True if the job states the type of the column.
  ///   - layout: How the table was read.
  /// - Returns: The warning.
  static func warning(_ response: Column, isDeclared: Bool, layout: TableLayout?) -> String? {
    guard !isDeclared, let classes = response.levels?.count, classes > 2 else { return nil }
    let rows = response.rowCount - response.missing.count
    guard classes > usualMaximum || 2 * classes > rows else { return nil }
    let examples = (response.levels ?? []).prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    let numbers =
      if let contradicted = layout?.contradictions.first(where: { $0.columns.contains(response.name) }) {
        "its values are numbers in another notation: \(contradicted.advice)"
      } else if let unit = layout?.units[response.name] {
        "its values are numbers with a unit (\(unit)): remove it from the fields to predict a number"
      } else {
        "if its values are numbers, state decimal, thousands or na_strings, or set column_types: {\(response.name): real}"
      }
    return "response '\(response.name)' has \(classes) classes in \(rows) rows (\(examples), ...), so this is a "
      + "classification; \(numbers); if they are classes, set column_types: {\(response.name): enum}"
  }
}
