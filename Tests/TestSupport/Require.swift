/// Unwraps an optional, or fails the test with an error.
package func require<Value>(_ value: Value?, _ what: String) throws -> Value {
  guard let value else { throw MissingValue(what: what) }
  return value
}

/// The error for a value that a test needs and did not find.
package struct MissingValue: Error, CustomStringConvertible {
  let what: String

  package var description: String { "\(what) is missing" }
}
