internal import Jobs
internal import Spooling
internal import Synchronization
internal import Training

/// The jobs that run now: how to stop them, how far they are, whether they move.
final class RunningJobs: Sendable {
  private struct Entry {
    let control: TrainingControl
    var lastScore: JobEvent.ScoreSummary?
    var lastHeartbeats = -1
    /// When the job was last seen to have moved.
    var movedSeconds: Double
  }

  private let entries = Mutex<[JobIdentifier: Entry]>([:])

  func add(_ id: JobIdentifier, control: TrainingControl, nowSeconds: Double) {
    entries.withLock { $0[id] = Entry(control: control, movedSeconds: nowSeconds) }
  }

  func remove(_ id: JobIdentifier) { entries.withLock { $0[id] = nil } }

  var isEmpty: Bool { entries.withLock { $0.isEmpty } }

  func note(_ score: JobEvent.ScoreSummary, of id: JobIdentifier) { entries.withLock { $0[id]?.lastScore = score } }

  func stop(_ id: JobIdentifier, _ reason: TrainingControl.StopRequest) {
    entries.withLock { $0[id]?.control.stop(reason) }
  }

  /// Ends a job with the best model that it has; false if it has none yet.
  func finish(_ id: JobIdentifier) -> Bool { entries.withLock { $0[id]?.control.finish() ?? false } }

  func stopAll(_ reason: TrainingControl.StopRequest) {
    entries.withLock { entries in for entry in entries.values { entry.control.stop(reason) } }
  }

  /// Whether every job that trains has moved within the last `seconds`.
  ///
  /// Reading tables and writing results are not watched.
  func haveMoved(within seconds: Double, nowSeconds: Double) -> Bool {
    entries.withLock { entries in
      for (id, entry) in entries {
        let beats = entry.control.heartbeats
        guard entry.control.phase != .training || beats != entry.lastHeartbeats else { continue }
        entries[id]?.lastHeartbeats = beats
        entries[id]?.movedSeconds = nowSeconds
      }
      return entries.values.allSatisfy { nowSeconds - $0.movedSeconds <= seconds }
    }
  }

  var identifiers: [JobIdentifier] { entries.withLock { $0.keys.sorted() } }

  /// `000042-prostate 61 %, epoch 6.1 of 10, validation AUC 0.8321`, one per job.
  var sentences: [String] {
    entries.withLock { entries in
      entries.sorted { $0.key < $1.key }.map { id, entry in
        "\(id) " + (entry.lastScore.map(EventReporter.sentence) ?? "\(entry.control.phase)")
      }
    }
  }
}
