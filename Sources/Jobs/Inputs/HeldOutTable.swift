internal import JobEvents
internal import Models
internal import Reports

/// The division of a job's training table: a sentence about it, and the record for later jobs.
struct HeldOutTable: Sendable {
  /// `240 of 1,200 rows held out for validation: stratified, seed 1`.
  let sentence: String
  let stored: HeldOutRows
  /// Warnings about an earlier job's division that could not be kept.
  let warnings: [String]
  /// A text that identifies the division.
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
