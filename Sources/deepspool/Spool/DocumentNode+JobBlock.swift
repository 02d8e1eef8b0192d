internal import Documents

extension DocumentNode {
  /// The block of a job file with what the queue must know.
  static let jobBlock = "job"

  /// Returns the value of a key of the block `job`, which may also be written as `job.KEY`; nil if there is none.
  func ofJobBlock(_ key: String) -> DocumentNode? {
    entry(Self.jobBlock)?.entry(key) ?? entry("\(Self.jobBlock).\(key)")
  }
}
