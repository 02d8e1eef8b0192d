package import Documents
internal import Wording

/// A type of parameter values that is parsed from a document node and printed in the same form.
package protocol ParameterValue: Sendable {
  /// The type in words, for messages and the reference page, such as `list of numbers`.
  static var typeName: String { get }
  /// Parses the value of `node`.
  /// - Throws: ``ValueFault`` that names the expected type.
  static func parse(_ node: DocumentNode) throws(ValueFault) -> Self
  /// The words for values of the type; empty unless it has a list of words.
  static var words: [ChoiceName] { get }
  /// The value in job file syntax (YAML; except for unquoted words, also JSON).
  var text: String { get }
}

extension ParameterValue {
  package static var words: [ChoiceName] { [] }
}

/// An invalid value: its place, and a message with the expected value.
package struct ValueFault: Error, Sendable {
  package let location: SourceLocation
  package let message: String
  /// A word that is none of the valid ones.
  package struct Choice: Sendable {
    package let word: String
    package let known: [String]
    /// Other tools' names for the valid words, in lower case, each with the valid word.
    package let otherNames: [String: String]
  }

  /// The word found and the valid words; nil if the type has no list of words.
  package let choice: Choice?

  package init(_ node: DocumentNode, expected: String) {
    self.init(at: node.location, "expected \(expected), found \(node.shape)")
  }

  package init(at location: SourceLocation, _ message: String, choice: Choice? = nil) {
    self.location = location
    self.message = message
    self.choice = choice
  }
}

extension DocumentNode {
  /// Returns the text of a scalar.
  package func scalarText(expected: String) throws(ValueFault) -> String {
    guard case .scalar(let text, _) = content else { throw ValueFault(self, expected: expected) }
    return text
  }
}

extension Bool: ParameterValue {
  package static var typeName: String { "true or false" }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> Bool {
    // The reference page uses R's T and F in places.
    switch try node.scalarText(expected: typeName).lowercased() {
    case "true", "t": true
    case "false", "f": false
    default: throw ValueFault(node, expected: typeName)
    }
  }

  package var text: String { self ? "true" : "false" }
}

extension Int: ParameterValue {
  package static var typeName: String { "whole number" }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> Int {
    let text = try node.scalarText(expected: "a \(typeName)")
    if let value = Int(text) { return value }
    let number = Double(text) ?? .nan
    if let value = Int(exactly: number) { return value }
    if abs(number) >= 0x1p63, number.isFinite {
      throw ValueFault(at: node.location, "must be between \(Int.min) and \(Int.max), found '\(text.prefix(60))'")
    }
    throw ValueFault(node, expected: "a \(typeName)")
  }

  package var text: String { String(self) }
}

extension Double: ParameterValue {
  package static var typeName: String { "number" }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> Double {
    let text = try node.scalarText(expected: "a \(typeName)")
    let spelt = text.lowercased()
    if spelt == ".inf" || spelt == "+.inf" { return .infinity }
    // Double() also accepts hexadecimal floats and NaN, which are invalid in a job.
    guard let value = Double(text), !value.isNaN, !spelt.contains("x") else {
      throw ValueFault(node, expected: "a \(typeName)")
    }
    return value
  }

  package var text: String {
    if isInfinite { return self > 0 ? ".inf" : "-.inf" }
    return NumberText.shortest(self)
  }
}

extension String: ParameterValue {
  package static var typeName: String { "text" }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> String {
    try node.scalarText(expected: typeName)
  }

  /// The text, in quotes if YAML would read the bare word as another type.
  package var text: String {
    let isBare =
      !isEmpty && !isNullWord && Double(self) == nil
      && unicodeScalars.allSatisfy { $0.properties.isAlphabetic || "0123456789_./".unicodeScalars.contains($0) }
    guard !isBare else { return self }
    return DocumentText.quoted(self)
  }

  private var isNullWord: Bool { ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(lowercased()) }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
  package static var typeName: String { Wrapped.typeName }
  package static var words: [ChoiceName] { Wrapped.words }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> Wrapped? {
    node.isNull ? nil : try Wrapped.parse(node)
  }

  package var text: String { self?.text ?? "null" }
}

extension Array: ParameterValue where Element: ParameterValue {
  package static var typeName: String { "list, each \(Element.typeName)" }
  package static var words: [ChoiceName] { Element.words }

  /// Parses a list; a single value is a list of one, as in `hidden: 50`.
  package static func parse(_ node: DocumentNode) throws(ValueFault) -> [Element] {
    guard case .sequence(let nodes) = node.content else { return [try Element.parse(node)] }
    var values: [Element] = []
    for element in nodes { values.append(try Element.parse(element)) }
    return values
  }

  package var text: String { "[" + map(\.text).joined(separator: ", ") + "]" }
}

extension Dictionary: ParameterValue where Key == String, Value: ParameterValue {
  package static var typeName: String { "block of names, each with \(Value.typeName)" }
  package static var words: [ChoiceName] { Value.words }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> [String: Value] {
    guard case .mapping(let entries) = node.content else { throw ValueFault(node, expected: "a \(typeName)") }
    var values: [String: Value] = [:]
    for entry in entries { values[entry.key.name] = try Value.parse(entry.value) }
    return values
  }

  package var text: String {
    "{" + sorted { $0.key < $1.key }.map { "\($0.key.text): \($0.value.text)" }.joined(separator: ", ") + "}"
  }
}

/// An enumeration of words in the job file; matching ignores case, blanks, hyphens and underscores.
package protocol ParameterChoice: ParameterValue, RawRepresentable<String>, CaseIterable, Hashable {
  /// Further accepted words for cases: spellings of H2O's reference page.
  static var otherSpellings: [(word: String, choice: Self)] { get }
  /// The names of cases in other tools, in lower case; errors about them suggest the case.
  static var otherNames: [String: Self] { get }
  /// Whether H2O has the case; `compatibility: h2o-3.46` refuses others.
  var isKnownToH2O: Bool { get }
}

extension ParameterChoice {
  package static var typeName: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }

  package static var words: [ChoiceName] {
    allCases.map { ChoiceName($0.rawValue, $0.rawValue) }
      + otherSpellings.map { ChoiceName($0.word, $0.choice.rawValue) }
      + otherNames.sorted { $0.key < $1.key }.map { ChoiceName($0.key, $0.value.rawValue) }
  }

  package static func parse(_ node: DocumentNode) throws(ValueFault) -> Self { try choice(of: node) }

  /// Returns the case that `node` names.
  static func choice(of node: DocumentNode) throws(ValueFault) -> Self {
    let text = try node.scalarText(expected: typeName)
    if let match = allCases.first(where: { ChoiceName.folded($0.rawValue) == ChoiceName.folded(text) }) { return match }
    if let match = otherSpellings.first(where: { ChoiceName.folded($0.word) == ChoiceName.folded(text) }) {
      return match.choice
    }
    throw ValueFault(
      at: node.location, "expected \(typeName), found \(node.shape)",
      choice: .init(
        word: text, known: allCases.map(\.rawValue), otherNames: otherNames.mapValues { $0.rawValue }))
  }

  package var text: String { rawValue }

  package static var otherSpellings: [(word: String, choice: Self)] { [] }

  package static var otherNames: [String: Self] { [:] }

  package var isKnownToH2O: Bool { true }
}
