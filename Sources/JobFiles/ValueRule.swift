/// A rule for the values of a parameter, as a predicate and in words.
package struct ValueRule<Value: Sendable>: Sendable {
  /// The rule in words that follow "must be", such as `at least 0`.
  ///
  /// Empty if every value of the type is valid.
  package let text: String
  package let accepts: @Sendable (Value) -> Bool

  package init(_ text: String, _ accepts: @escaping @Sendable (Value) -> Bool) {
    self.text = text
    self.accepts = accepts
  }

  /// A rule that accepts every value of the type.
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

  /// Returns a rule for values from `low` (included) to `high` (excluded).
  package static func from(_ low: Value, below high: Value) -> ValueRule {
    ValueRule("at least \(low.text) and below \(high.text)") { $0 >= low && $0 < high }
  }
}

extension ValueRule where Value: Sequence, Value.Element: ParameterValue {
  /// Returns a rule that applies `rule` to each element.
  package static func each(_ rule: ValueRule<Value.Element>) -> ValueRule {
    ValueRule("each \(rule.text)") { $0.allSatisfy(rule.accepts) }
  }
}

extension ValueRule {
  /// Returns a rule that applies `rule` to a value that may be absent.
  package static func given<Wrapped: ParameterValue>(_ rule: ValueRule<Wrapped>) -> ValueRule where Value == Wrapped? {
    ValueRule(rule.text) { $0.map(rule.accepts) ?? true }
  }
}

extension ValueRule where Value == Double {
  /// Returns a rule for finite numbers of at least `bound`.
  package static func atLeast(_ bound: Double) -> ValueRule {
    ValueRule("at least \(bound.text) and finite") { $0 >= bound && $0.isFinite }
  }

  package static func above(_ bound: Double, atMost limit: Double) -> ValueRule {
    ValueRule("above \(bound.text) and at most \(limit.text)") { $0 > bound && $0 <= limit }
  }

  /// Returns a rule for a limit that -1 disables.
  package static func offOr(atMost limit: Double) -> ValueRule {
    ValueRule("-1 (never), or between 0 and \(limit.text)") { $0 == -1 || ($0 >= 0 && $0 <= limit) }
  }
}
