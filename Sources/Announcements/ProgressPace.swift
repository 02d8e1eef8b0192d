package import Spooling

/// Decides which scores of running jobs become entries of the journal.
///
/// A job may be scored many thousands of times. An entry for each per cent of the training, and one a minute, tell
/// people as much, and bound the volume; `events.jsonl` has every score. Pure: callers pass the time in seconds.
package struct ProgressPace: Sendable, Equatable {
  /// The share of the training after which a further entry is due.
  private static let step = 0.01
  /// The seconds after which an entry is due without that share.
  private static let maximumSeconds = 60.0
  /// The seconds between two entries about one model.
  private static let minimumSeconds = 1.0

  private struct Entry: Sendable, Equatable {
    let fraction: Double
    let seconds: Double
  }

  /// The last entry about each model of each running job.
  private var entries: [JobIdentifier: [String: Entry]] = [:]

  package init() {}

  /// Decides about a score, and records its entry.
  ///
  /// - Parameters:
  ///   - id: The job.
  ///   - model: The name of the model in the job; models have their own pace.
  ///   - fraction: The completed share of the model's training.
  ///   - nowSeconds: The time of a monotonic clock.
  /// - Returns: Whether the score becomes an entry.
  package mutating func tells(
    _ id: JobIdentifier, model: String, fraction: Double, nowSeconds: Double
  ) -> Bool {
    if let last = entries[id]?[model] {
      let seconds = nowSeconds - last.seconds
      guard seconds >= Self.minimumSeconds else { return false }
      // The share shrinks if training goes back to a checkpoint.
      guard abs(fraction - last.fraction) >= Self.step || seconds >= Self.maximumSeconds else { return false }
    }
    entries[id, default: [:]][model] = Entry(fraction: fraction, seconds: nowSeconds)
    return true
  }

  /// Forgets a job whose process has ended.
  package mutating func ended(_ id: JobIdentifier) { entries[id] = nil }
}
