internal import Wording

/// The names that misspelt or incomplete ones may stand for.
extension ParameterCatalogue {
  /// A name that ``meaning(of:)`` knows.
  package struct Suggestion: Sendable, Equatable {
    package let name: String
    /// The key that has this other name; nil for the name of a key, a block or a value.
    package let key: String?

    /// Text such as `'learning_rate' (here: rate)`.
    package var text: String { "'\(name)'" + (key.map { " (here: \($0))" } ?? "") }
  }

  /// The maximum number of names that are suggested.
  private static let suggestions = 3
  /// Shorter texts occur in too many names.
  private static let shortestPart = 3

  /// Returns the names that an unknown word probably stands for, the likeliest first.
  ///
  /// A word may be spelt in another way, be misspelt, or be a part of names, such as `lerning` of learning_rate.
  package func suggestions(for word: String) -> [Suggestion] {
    let plain = String(word.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
    let names = Self.allNames
    if meaning(of: plain) != nil { return [suggestion(plain)] }
    if let nearest = NearestWord.find(plain, among: names) { return [suggestion(nearest)] }
    let letters = Self.letters(plain)
    let holding = letters.count < Self.shortestPart ? [] : names.filter { Self.letters($0).contains(letters) }
    guard holding.isEmpty else { return shortest(holding) }
    let parts = Set(names.flatMap(Self.parts))
    let wanted = Self.parts(plain).compactMap { part in
      parts.contains(part) ? part : NearestWord.find(part, among: parts.sorted())
    }
    let counts = names.map { name in (name: name, count: wanted.count { Self.parts(name).contains($0) }) }
    let most = counts.map(\.count).max() ?? 0
    return most == 0 ? [] : shortest(counts.filter { $0.count == most }.map(\.name))
  }

  /// The keys, blocks, other tools' names and values, each once.
  private static let allNames: [String] = {
    let rows = shared.describedRows
    let values = rows.flatMap { $0.choices.map(\.value) }
    let all = rows.map(\.key) + allOtherNames.keys.sorted() + values
    var seen: Set<String> = []
    return all.filter { seen.insert($0.lowercased()).inserted }
  }()

  /// Returns the shortest names, one for each key.
  private func shortest(_ names: [String]) -> [Suggestion] {
    var keys: Set<String> = []
    return Array(
      names.sorted { ($0.count, $0) < ($1.count, $1) }.map(suggestion)
        .filter { keys.insert($0.key ?? $0.name).inserted }.prefix(Self.suggestions))
  }

  private func suggestion(_ name: String) -> Suggestion {
    let isKey = describedRows.contains { $0.key == name }
    return Suggestion(name: name, key: isKey ? nil : Self.allOtherNames[name.lowercased()])
  }

  private static func letters(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

  private static func parts(_ name: String) -> [String] {
    name.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init).filter { $0.count >= shortestPart }
  }
}
