/// The number of queued and held jobs of each submitter.
///
/// Pure.
struct SubmitterCounts: Sendable {
  private var submitters: [JobIdentifier: UInt32] = [:]
  private var counts: [UInt32: Int] = [:]

  /// Counts a job for a submitter, or for nobody if `submitterID` is nil.
  mutating func set(_ id: JobIdentifier, _ submitterID: UInt32?) {
    if let old = submitters[id] {
      let left = (counts[old] ?? 0) - 1
      counts[old] = left > 0 ? left : nil
    }
    submitters[id] = submitterID
    if let submitterID { counts[submitterID, default: 0] += 1 }
  }

  func submitterID(of id: JobIdentifier) -> UInt32? { submitters[id] }

  subscript(submitterID: UInt32) -> Int { counts[submitterID] ?? 0 }
}
