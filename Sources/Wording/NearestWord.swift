/// Finds the known word nearest to a misspelt one.
package enum NearestWord {
  /// The largest distance of a suggestion, as a fraction of the word's length.
  private static let maximumRelativeDistance = 0.4

  /// The maximum length of a word; longer words are hardly typing errors and take long to compare.
  private static let maximumCharacters = 64

  /// Returns the candidate with the fewest edits from `word`; nil if none is near enough for a typing error.
  package static func find(_ word: String, among candidates: some Sequence<String>) -> String? {
    guard word.count <= maximumCharacters else { return nil }
    let limit = max(1, Int(Double(word.count) * maximumRelativeDistance))
    let ranked = candidates.map { (distance: editDistance(word.lowercased(), $0.lowercased()), word: $0) }
    // A word all of whose letters are wrong is no typing error.
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit,
      best.distance < max(1, word.count)
    else { return nil }
    return best.word
  }

  /// Returns the name of the file that was meant by a misspelt one, or by one without its ending; nil if none is near
  /// enough.
  ///
  /// - `names`: The names in the folder; those that begin with a dot are left out.
  package static func file(_ name: String, among names: [String]) -> String? {
    let visible = names.filter { !$0.hasPrefix(".") && $0 != name }.sorted()
    return visible.first { !name.isEmpty && $0.hasPrefix("\(name).") } ?? find(name, among: visible)
  }

  /// Returns the restricted Damerau-Levenshtein distance: insertions, deletions, substitutions, swaps of neighbours.
  static func editDistance(_ first: String, _ second: String) -> Int {
    let a = Array(first.unicodeScalars)
    let b = Array(second.unicodeScalars)
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        current[j] = min(previous[j] + 1, current[j - 1] + 1, substitution)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          current[j] = min(current[j], beforePrevious[j - 2] + 1)
        }
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
