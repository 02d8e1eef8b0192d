internal import Documents
internal import Wording

/// Suggestions of the nearest known word for misspelt ones, limited to the first faults of a file.
///
/// Comparing thousands of unknown words with every known one would keep a daemon busy for seconds, and an author who has
/// mistyped a key reads the first messages only.
package struct KeySuggestions {
  /// The number of faults per file that get a suggestion.
  package static let maximumCount = 10

  private var left = Self.maximumCount

  package init() {}

  /// Returns the suggestion that follows the message about `word`.
  ///
  /// - Parameters:
  ///   - word: The word in the file.
  ///   - otherNames: Other tools' names for known words, each with the known word.
  ///   - known: Returns the words to choose from; not called once the suggestions are used up.
  /// - Returns: ` (did you mean 'rho'?)`, or an empty text.
  package mutating func hint(
    for word: String, otherNames: [String: String] = [:], among known: () -> [String]
  ) -> String {
    guard left > 0 else { return "" }
    left -= 1
    let nearest = otherNames[word.lowercased()] ?? NearestWord.find(word, among: known())
    return nearest.map { " (did you mean '\($0)'?)" } ?? ""
  }

  /// Returns the message of an invalid value, with the nearest known word if the value must be one of several words.
  package mutating func message(of fault: ValueFault) -> String {
    guard let choice = fault.choice else { return fault.message }
    return fault.message + hint(for: choice.word, otherNames: choice.otherNames) { choice.known }
  }
}
