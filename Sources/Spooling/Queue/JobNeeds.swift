package import DurableFiles
internal import Wording

/// What a job will need, as estimated before it starts.
package struct JobNeeds: Sendable, Equatable, Codable {
  package let memoryBytes: Int
  package let diskBytes: Int
  /// What the figures are made of, for the one whose job is refused.
  package let explanation: String

  package init(memoryBytes: Int, diskBytes: Int, explanation: String) {
    self.memoryBytes = memoryBytes
    self.diskBytes = diskBytes
    self.explanation = explanation
  }

  package enum Verdict: Sendable, Equatable {
    case fits
    /// Not beside what runs now, or not on the disk as it is.
    case waits(reason: String)
    /// Not even alone.
    case never(reason: String)
  }

  /// Whether a job fits.
  ///
  /// - Parameters:
  ///   - limits: What there may be.
  ///   - runningBytes: Memory that the jobs need that run, as estimated.
  ///   - space: Of the spool's disk; nil if the system does not tell.
  /// - Returns: Whether, and if not, why not.
  package func verdict(_ limits: QueueLimits, runningBytes: Int, space: FileSystem.Space?) -> Verdict {
    let memory = ByteText.of(memoryBytes)
    guard memoryBytes <= limits.memoryBytes else {
      return .never(
        reason: "it would need about \(memory) of memory and jobs may have \(ByteText.of(limits.memoryBytes)) "
          + "(max_memory_bytes): \(explanation)")
    }
    if let space {
      let disk = ByteText.of(diskBytes)
      let reserve = limits.minimumFreeBytes(of: space)
      guard diskBytes <= space.totalBytes - reserve else {
        return .never(
          reason: "it would need about \(disk) of disk and the spool's disk has \(ByteText.of(space.totalBytes)), "
            + "of which \(ByteText.of(reserve)) stay free (min_free_bytes): \(explanation)")
      }
      guard diskBytes <= space.freeBytes - reserve else {
        return .waits(
          reason: "waits for space: it needs about \(disk) of disk beside the \(ByteText.of(reserve)) "
            + "that stay free (min_free_bytes)")
      }
    }
    guard memoryBytes <= limits.memoryBytes - min(runningBytes, limits.memoryBytes) else {
      return .waits(
        reason: "waits for memory: it needs about \(memory), and with the jobs that run that is more than the "
          + "\(ByteText.of(limits.memoryBytes)) of max_memory_bytes")
    }
    return .fits
  }
}
