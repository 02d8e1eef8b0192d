/// The phase of a running job.
package enum JobPhase: String, Sendable, Codable {
  /// Reading and encoding the tables.
  case preparing
  case training
  /// Writing the result.
  case finishing
}
