internal import DurableFiles
internal import JobEvents
internal import Spooling
internal import Supervision
internal import Wording

extension WorkerEnd {
  /// What the end of a job's process means for the job.
  ///
  /// - `limit`: Of the process's memory; `needs`: as estimated.
  func ending(limit: MemoryLimit, needs: JobNeeds?) -> JobQueue.Ending {
    switch cause {
    case .reported(.outcome(.finished)): .finished
    case .reported(.outcome(.suspended)), .stopped: .interrupted
    case .reported(.outcome(.cancelled)), .cancelled: .cancelled(reason: "cancelled while it ran")
    case .reported(.failure(let failure)): Self.ending(of: failure)
    case .died(let death): ending(of: death, limit: limit, needs: needs)
    case .notStarted(let failure): .putOff(reason: failure.description)
    }
  }

  private static func ending(of failure: JobFailure) -> JobQueue.Ending {
    switch failure.cause {
    case .job: .rejected(reason: failure.description)
    case .environment: .putOff(reason: failure.description)
    case .training, .inputs, .program: .failed(reason: failure.description)
    }
  }

  private func ending(of death: WorkerDeath, limit: MemoryLimit, needs: JobNeeds?) -> JobQueue.Ending {
    let reason = "its process " + death.description
    switch death {
    case .memoryLimit: return .failed(reason: memoryReason(limit, needs))
    case .fault, .stall, .exit, .unintelligible: return .crashed(reason: reason)
    case .killed: return .killed(reason: reason)
    }
  }

  private func memoryReason(_ limit: MemoryLimit, _ needs: JobNeeds?) -> String {
    let estimate = needs.map { "its need was estimated at \(ByteText.of($0.memoryBytes)) (\($0.explanation))" }
    return
      "the job needs more than its memory limit of \(ByteText.of(limit.bytes)): it had \(ByteText.of(usage.peakMemoryBytes)) "
      + "and asked for more; \(estimate ?? "its need could not be estimated"); the limit is \(MemoryLimit.rule), "
      + "at most max_memory_bytes. Give it smaller tables, layers or models"
  }
}
