internal import DataFrames

/// Recognises responses that are classes by mistake, such as numbers in a notation that was not understood.
enum ManyClasses {
  /// A response of more classes is rarely meant as a classification.
  private static let usualMaximum = 50

  /// Returns a warning about a response of suspiciously many classes; nil for other responses.
  ///
  /// - `isDeclared`: True if the job states the type of the column.
  static func warning(_ response: Column, isDeclared: Bool) -> String? {
    guard !isDeclared, let classes = response.levels?.count, classes > 2 else { return nil }
    let rows = response.rowCount - response.missing.count
    guard classes > usualMaximum || 2 * classes > rows else { return nil }
    let examples = (response.levels ?? []).prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return "response '\(response.name)' has \(classes) classes in \(rows) rows (\(examples), ...), so this is a "
      + "classification; if its values are numbers, state decimal, thousands or na_strings, or set "
      + "column_types: {\(response.name): real}; if they are classes, set column_types: {\(response.name): enum}"
  }
}
