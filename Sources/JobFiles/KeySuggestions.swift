internal import Documents
internal import Wording

/// Names the known word nearest to a misspelt one, for the first faults of a file only.
///
/// Somebody who has mistyped a key reads the first messages; comparing thousands of strange words with every known one
/// would keep a daemon busy for seconds.
package struct KeySuggestions {
  /// Faults of one file that get a suggestion.
  package static let maximumCount = 10

  private var left = Self.maximumCount

  package init() {}

  /// What follows the message about `word`.
  ///
  /// - Parameters:
  ///   - word: As it stands in the file.
  ///   - otherNames: What else known words are called, each with the known word.
  ///   - known: The words to choose from; not asked once the suggestions are used up.
  /// - Returns: ` (did you mean 'rho'?)`, or nothing.
  package mutating func hint(
    for word: String, otherNames: [String: String] = [:], among known: () -> [String]
  ) -> String {
    guard left > 0 else { return "" }
    left -= 1
    let nearest = otherNames[word.lowercased()] ?? NearestWord.find(word, among: known())
    return nearest.map { " (did you mean '\($0)'?)" } ?? ""
  }

  /// The message of a value that does not fit, with the nearest known word if it is to be one of several.
  package mutating func message(of fault: ValueFault) -> String {
    guard let choice = fault.choice else { return fault.message }
    return fault.message + hint(for: choice.word) { choice.known }
  }
}
