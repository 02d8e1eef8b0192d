/// What a running job is doing.
package enum JobPhase: String, Sendable, Codable {
  /// Reads and encodes its tables.
  case preparing
  case training
  /// Writes its result.
  case finishing
}
