/// A key for reading tables whose stated value the text of a table contradicts, with the value that detection chooses.
package struct ContradictedKey: Sendable, Equatable {
  package enum Key: String, Sendable { case separator, decimal, thousands }

  package let key: Key
  /// The stated value, as a job file spells it.
  let stated: String
  /// The value that detection chooses, as a job file spells it; nil if the key is better left out.
  let suggested: String?
  /// The evidence in the text: a clause that follows "but".
  let evidence: String
  /// The columns whose fields show it; empty if all do.
  package let columns: [String]
  let keys: KeyPlace

  init(
    _ key: Key, stated: String, suggested: String?, evidence: String, columns: [String] = [], keys: KeyPlace
  ) {
    self.key = key
    self.stated = stated
    self.suggested = suggested
    self.evidence = evidence
    self.columns = columns
    self.keys = keys
  }

  /// The repair, such as `state decimal: ','`.
  package var advice: String {
    (suggested.map { "state \(key.rawValue): \($0)" } ?? "leave \(key.rawValue) out") + keys.words
  }

  /// The contradiction and what to do, in a sentence for messages.
  package var sentence: String { "\(key.rawValue) is \(stated), but \(evidence); \(advice)" }

  /// Returns a character as job files spell it.
  static func spelled(_ character: Character) -> String {
    switch character {
    case "\t": "tab"
    case " ": "space"
    case "'": "\"'\""
    default: "'\(character)'"
    }
  }
}
