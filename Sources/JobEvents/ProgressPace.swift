/// Decides which events of one job people see, in the journal and on terminals.
///
/// A job may be scored many thousands of times, and a search may train thousands of models. Of what happens again and
/// again, an event for each per cent of the job and one a minute tell people as much, and bound the volume;
/// `events.jsonl` has every event. Warnings, models that failed, and what the job itself reads, plans and delivers are
/// always told. Pure: callers pass the time in seconds.
package struct ProgressPace: Sendable, Equatable {
  /// The share of the job after which a further event is due.
  private static let step = 0.01
  /// The seconds after which an event is due without that share.
  private static let maximumSeconds = 60.0
  /// The seconds between two events.
  private static let minimumSeconds = 1.0
  /// The number of models whose first events are told, however soon they follow, so that a small search is seen to go
  /// through its models.
  private static let namedModels = 10

  private struct Entry: Sendable, Equatable {
    var fraction: Double
    var seconds: Double
    /// The models whose first event of the kind was told; the job itself is the empty name.
    var models: Set<String>
  }

  /// The last event of each kind that was told.
  private var entries: [JobEvent.Name: Entry] = [:]

  package init() {}

  /// Decides whether people see an event, and records it if they do.
  ///
  /// - Parameters:
  ///   - event: An event of the job or of one of its models.
  ///   - fraction: The completed share of the whole job.
  ///   - seconds: The time of the event, of the same clock for all events.
  /// - Returns: Whether people see the event.
  package mutating func tells(_ event: JobEvent, fraction: Double, seconds: Double) -> Bool {
    // When a job starts again, its events are reported from the beginning.
    if case .processStarted = event { entries = [:] }
    guard let (kind, model) = Self.repeated(event, model: "") else { return true }
    guard var entry = entries[kind] else {
      entries[kind] = Entry(fraction: fraction, seconds: seconds, models: [model])
      return true
    }
    let isFirst = entry.models.count < Self.namedModels && entry.models.insert(model).inserted
    let pause = seconds - entry.seconds
    // The share shrinks if training goes back to a checkpoint.
    let isDue =
      pause >= Self.minimumSeconds
      && (abs(fraction - entry.fraction) >= Self.step || pause >= Self.maximumSeconds)
    guard isFirst || isDue else { return false }
    (entry.fraction, entry.seconds) = (fraction, seconds)
    entries[kind] = entry
    return true
  }

  /// Returns the kind and the model of an event that may happen very often; nil for one that is always told.
  private static func repeated(_ event: JobEvent, model: String) -> (kind: JobEvent.Name, model: String)? {
    switch event {
    case .scored: (.scored, model)
    case .ofPart(let part, let event): repeated(event, model: model.isEmpty ? part : "\(model)_\(part)")
    case .tableRead, .heldOut, .planned, .resumed, .checkpointed, .modelCount, .crossValidated, .finished:
      model.isEmpty ? nil : (event.kind, model)
    case .warning, .modelFailed, .processStarted, .processEnded: nil
    }
  }
}
