internal import JobEvents
internal import Models
internal import Reports

/// How the training table of a job was divided: what is to be said about it, and what a later job must know.
struct HeldOutTable: Sendable {
  /// `240 of 1,200 rows held out for validation: stratified, seed 1`.
  let sentence: String
  let stored: HeldOutRows
  /// What could not be kept of an earlier job's division.
  let warnings: [String]
  /// Tells divisions apart.
  let fingerprint: String

  var summary: JobEvent.HeldOutSummary {
    .init(rowCount: stored.rowCount, heldOutCount: stored.rows.count, sentence: sentence)
  }

  init(sentence: String, stored: HeldOutRows, warnings: [String]) {
    self.sentence = sentence
    self.stored = stored
    self.warnings = warnings
    let rows = Checksum.crc64(Array(stored.rows.map(String.init).joined(separator: " ").utf8)[...])
    fingerprint = "\(stored.rowCount) \(rows) \(stored.content)"
  }
}
