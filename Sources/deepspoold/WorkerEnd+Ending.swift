internal import DurableFiles
internal import JobEvents
package import Spooling
package import Supervision
internal import Wording

extension WorkerEnd {
  /// Returns what the end of the worker means for its job.
  ///
  /// - `limit`: The memory limit of the process.
  /// - `needs`: The estimate.
  package func ending(limit: MemoryLimit, needs: JobNeeds?) -> JobQueue.Ending {
    switch cause {
    case .reported(.outcome(.finished)): .finished
    case .reported(.outcome(.suspended)), .stopped: .interrupted
    case .reported(.outcome(.cancelled)), .cancelled: .cancelled(reason: "cancelled while running")
    case .reported(.failure(let failure)): Self.ending(of: failure)
    case .overran(let reason): .failed(reason: reason)
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
    case .killed, .lostRank: return .killed(reason: reason)
    }
  }

  private func memoryReason(_ limit: MemoryLimit, _ needs: JobNeeds?) -> String {
    let estimate = needs.map { "the estimate was \(ByteText.of($0.memoryBytes)) (\($0.explanation))" }
    let (rule, remedy) =
      limit.isBudget(estimateBytes: needs?.memoryBytes)
      ? ("max_memory_bytes", "Ask the administrator to raise it, or use") : (MemoryLimit.rule, "Use")
    return
      "the job exceeded its memory limit of \(ByteText.of(limit.bytes)): it used \(ByteText.of(usage.peakMemoryBytes)) "
      + "and requested more; \(estimate ?? "there was no estimate"); the limit is \(rule). \(remedy) smaller tables, "
      + "layers or models"
  }
}
