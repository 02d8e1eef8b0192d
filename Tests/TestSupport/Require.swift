/// Unwraps, or ends the test with an error.
package func require<Value>(_ value: Value?, _ what: String) throws -> Value {
  guard let value else { throw MissingValue(what: what) }
  return value
}

/// What a test needed and did not find.
package struct MissingValue: Error, CustomStringConvertible {
  let what: String

  package var description: String { "\(what) is missing" }
}
