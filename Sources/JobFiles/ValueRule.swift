/// The values that a parameter accepts, as a test and in words.
package struct ValueRule<Value: Sendable>: Sendable {
  /// Reads after "must be", such as `at least 0`.
  ///
  /// Empty when every value of the type is accepted.
  package let text: String
  package let accepts: @Sendable (Value) -> Bool

  package init(_ text: String, _ accepts: @escaping @Sendable (Value) -> Bool) {
    self.text = text
    self.accepts = accepts
  }

  /// Every value of the type.
  package static var any: ValueRule { ValueRule("") { _ in true } }
}

extension ValueRule where Value: Comparable & ParameterValue {
  package static func atLeast(_ bound: Value) -> ValueRule { ValueRule("at least \(bound.text)") { $0 >= bound } }

  package static func above(_ bound: Value) -> ValueRule { ValueRule("above \(bound.text)") { $0 > bound } }

  package static func between(_ low: Value, and high: Value) -> ValueRule {
    ValueRule("between \(low.text) and \(high.text)") { $0 >= low && $0 <= high }
  }

  package static func strictlyBetween(_ low: Value, and high: Value) -> ValueRule {
    ValueRule("above \(low.text) and below \(high.text)") { $0 > low && $0 < high }
  }

  /// From `low` (included) to `high` (not included).
  package static func from(_ low: Value, below high: Value) -> ValueRule {
    ValueRule("at least \(low.text) and below \(high.text)") { $0 >= low && $0 < high }
  }
}

extension ValueRule where Value: Sequence, Value.Element: ParameterValue {
  /// The rule of one element, for each of them.
  package static func each(_ rule: ValueRule<Value.Element>) -> ValueRule {
    ValueRule("each \(rule.text)") { $0.allSatisfy(rule.accepts) }
  }
}

extension ValueRule {
  /// The rule for a value that may be absent.
  package static func given<Wrapped: ParameterValue>(_ rule: ValueRule<Wrapped>) -> ValueRule where Value == Wrapped? {
    ValueRule(rule.text) { $0.map(rule.accepts) ?? true }
  }
}

extension ValueRule where Value == Double {
  /// A number of at least `bound`; infinity is none.
  package static func atLeast(_ bound: Double) -> ValueRule {
    ValueRule("at least \(bound.text), and finite") { $0 >= bound && $0.isFinite }
  }

  package static func above(_ bound: Double, atMost limit: Double) -> ValueRule {
    ValueRule("above \(bound.text) and at most \(limit.text)") { $0 > bound && $0 <= limit }
  }

  /// A limit that -1 switches off.
  package static func offOr(atMost limit: Double) -> ValueRule {
    ValueRule("-1 (never), or between 0 and \(limit.text)") { $0 == -1 || ($0 >= 0 && $0 <= limit) }
  }
}
