/// The order of the levels of a categorical column, which determines class indexes and input units.
package enum LevelOrder: Sendable {
  /// By value if all levels are numbers (9 before 10), else as words.
  case bySize
  /// As words, by their bytes: 10 before 9.
  case asWords

  package func sorted(_ levels: [String]) -> [String] { sorted(levels, areSorted: false) }

  /// - `areSorted`: True if the levels are in the order of their bytes.
  func sorted(_ levels: [String], areSorted: Bool) -> [String] {
    let words = areSorted ? levels : levels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    switch self {
    case .asWords: return words
    case .bySize:
      var numbers: [Double] = []
      for word in words {
        guard let number = Double(word) else { return words }
        numbers.append(number)
      }
      return zip(numbers, words).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
    }
  }
}
