package import DurableFiles

/// How much may run at once, and how much room must stay.
package struct QueueLimits: Sendable, Equatable {
  package var maximumRunning: Int
  /// Jobs of a group that run at once.
  package var groups: [String: Int]
  /// What the jobs that run may need together, as estimated.
  package var memoryBytes: Int
  /// Free bytes that stay on the spool's disk: with fewer, nothing is taken from `incoming`; nil for a tenth of a small
  /// disk and 64 MiB of others.
  package var minimumFreeBytes: Int?

  package init(
    maximumRunning: Int, groups: [String: Int] = [:], memoryBytes: Int = .max, minimumFreeBytes: Int? = 0
  ) {
    self.maximumRunning = maximumRunning
    self.groups = groups
    self.memoryBytes = memoryBytes
    self.minimumFreeBytes = minimumFreeBytes
  }

  private static let usualFreeBytes = 64 << 20

  /// Bytes that stay free on a disk.
  package func minimumFreeBytes(of space: FileSystem.Space) -> Int {
    minimumFreeBytes ?? min(Self.usualFreeBytes, space.totalBytes / 10)
  }
}
