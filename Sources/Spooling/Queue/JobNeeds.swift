package import DurableFiles
internal import Wording

/// The estimated needs of a job.
package struct JobNeeds: Sendable, Equatable, Codable {
  package let memoryBytes: Int
  package let diskBytes: Int
  /// The breakdown of the figures, for the reason of a rejection.
  package let explanation: String
  /// Smaller forms of the job, the largest first; nil from programs that know none.
  package let smallerForms: [SmallerForm]?

  /// A smaller form of a job, for the advice of a rejection.
  package struct SmallerForm: Sendable, Equatable, Codable {
    /// The keys to change, as the job file spells them: `hidden: [500, 500]`.
    package let text: String
    package let memoryBytes: Int

    package init(text: String, memoryBytes: Int) {
      self.text = text
      self.memoryBytes = memoryBytes
    }
  }

  package init(memoryBytes: Int, diskBytes: Int, explanation: String, smallerForms: [SmallerForm] = []) {
    self.smallerForms = smallerForms.isEmpty ? nil : smallerForms
    self.memoryBytes = memoryBytes
    self.diskBytes = diskBytes
    self.explanation = explanation
  }

  package enum Verdict: Sendable, Equatable {
    case fits
    /// The job does not fit beside the running jobs or on the disk as it is now.
    case waits(reason: String)
    /// The job would not fit even alone; `advice` says what its submitter can do.
    case never(reason: String, advice: String)
  }

  private static let memoryAdvice =
    "Use a smaller table, network or grid, or ask an administrator of the service to raise max_memory_bytes"
  private static let diskAdvice =
    "Train fewer or smaller models, or ask an administrator of the service to make room on the spool's disk"

  /// Compares the estimate with the limits.
  ///
  /// - Parameters:
  ///   - limits: The limits of the queue.
  ///   - runningBytes: The estimated memory of the running jobs.
  ///   - space: The space on the spool's disk; nil if unknown.
  /// - Returns: Whether the job fits, and the reason if not.
  package func verdict(_ limits: QueueLimits, runningBytes: Int, space: FileSystem.Space?) -> Verdict {
    let memory = ByteText.of(memoryBytes)
    guard memoryBytes <= limits.memoryBytes else {
      let smaller = (smallerForms ?? []).first { $0.memoryBytes <= limits.memoryBytes }.map {
        "; with \($0.text) it would need about \(ByteText.of($0.memoryBytes))"
      }
      return .never(
        reason: "it would need about \(memory) of memory; the limit for all jobs is \(ByteText.of(limits.memoryBytes)) "
          + "(max_memory_bytes): \(explanation)\(smaller ?? "")",
        advice: Self.memoryAdvice)
    }
    if let space {
      let disk = ByteText.of(diskBytes)
      let reserve = limits.minimumFreeBytes(of: space)
      guard diskBytes <= space.totalBytes - reserve else {
        return .never(
          reason: "it would need about \(disk) of disk space; the spool's disk has \(ByteText.of(space.totalBytes)), "
            + "of which \(ByteText.of(reserve)) must stay free (min_free_bytes): \(explanation)",
          advice: Self.diskAdvice)
      }
      guard diskBytes <= space.freeBytes - reserve else {
        return .waits(
          reason: "waits for disk space: it needs about \(disk) in addition to the \(ByteText.of(reserve)) "
            + "that must stay free (min_free_bytes)")
      }
    }
    guard memoryBytes <= limits.memoryBytes - min(runningBytes, limits.memoryBytes) else {
      return .waits(
        reason: "waits for memory: it needs about \(memory), which together with the running jobs exceeds the "
          + "\(ByteText.of(limits.memoryBytes)) of max_memory_bytes")
    }
    return .fits
  }
}
