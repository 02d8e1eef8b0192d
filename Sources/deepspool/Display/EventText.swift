internal import JobEvents
internal import Jobs
internal import Wording

/// The events of a job as lines for people, each score with the share of the job and the time left.
struct EventText {
  /// What is left out of a job that does the same again and again.
  enum Extent {
    /// Nothing.
    case everything
    /// What ``ProgressPace`` leaves out, except scores.
    case everyScore
    /// What ``ProgressPace`` leaves out; the last score before the end of a job is always a line.
    case milestones
  }

  /// A text with the time of its event.
  struct Line {
    let seconds: Double
    /// One line or several.
    let text: String

    /// The lines of the text.
    var lines: [Substring] { text.split(separator: "\n") }
  }

  private(set) var meter = ProgressMeter()
  private let extent: Extent
  private var pace = ProgressPace()
  /// The latest score, if it was left out.
  private var untold: Line?
  /// Whether a process has started and its end was not recorded.
  private var hasOpenProcess = false

  init(_ extent: Extent) { self.extent = extent }

  /// Takes an event and returns what people see of it; nothing for an event without news for them.
  ///
  /// A score that was left out comes before the end of the job or its process.
  ///
  /// `seconds`: The time of the event, of the same clock for all events.
  mutating func lines(_ event: JobEvent, seconds: Double) -> [Line] {
    meter.note(event, seconds: seconds)
    let line = line(event, seconds: seconds, prefix: "").map { Line(seconds: seconds, text: $0) }
    note(event)
    let isTold = tells(event, seconds: seconds)
    if event.score != nil { untold = isTold ? nil : line }
    let earlier = Self.endsScores(event) ? rest() : []
    return isTold ? earlier + [line].compactMap { $0 } : earlier
  }

  /// Returns the latest score if it was left out, because no further event is shown.
  mutating func rest() -> [Line] {
    defer { untold = nil }
    return [untold].compactMap { $0 }
  }

  private mutating func note(_ event: JobEvent) {
    if case .processStarted = event { hasOpenProcess = true }
    if case .processEnded = event { hasOpenProcess = false }
  }

  private mutating func tells(_ event: JobEvent, seconds: Double) -> Bool {
    switch extent {
    case .everything: true
    case .everyScore where event.score != nil: true
    case .everyScore, .milestones: pace.tells(event, fraction: meter.fraction ?? 0, seconds: seconds)
    }
  }

  /// Whether an event of the job itself ends what was scored before.
  private static func endsScores(_ event: JobEvent) -> Bool {
    switch event {
    case .finished, .processEnded, .processStarted: true
    case .tableRead, .heldOut, .planned, .warning, .resumed, .scored, .checkpointed, .modelCount, .crossValidated,
      .modelFailed, .ofPart:
      false
    }
  }

  private func line(_ event: JobEvent, seconds: Double, prefix: String) -> String? {
    switch event {
    case .ofPart(let part, let event): return line(event, seconds: seconds, prefix: "\(prefix)\(part): ")
    case .crossValidated(let count, let headline):
      return "\(prefix)\(count) folds: cross-validation \(headline.name) \(NumberText.brief(headline.value))"
    case .modelFailed(let reason): return "\(prefix)failed: \(reason)"
    case .modelCount(let count, nil): return "\(prefix)\(NumberText.count(count, "training")) ahead"
    case .modelCount(let count, let secondsLeft?):
      return "\(prefix)trains for at most \(DurationText.words(secondsLeft)), and at most "
        + NumberText.count(count, "model")
    case .tableRead(let table):
      return "\(prefix)\(table.name): \(table.rowCount) rows, \(table.columnCount) columns, read in "
        + "\(NumberText.brief(table.seconds)) s"
    case .heldOut(let summary): return prefix + summary.sentence
    case .planned(let plan):
      let units = plan.units.map(String.init).joined(separator: "-")
      return "\(prefix)\(plan.rowCount) rows, network \(units), \(plan.parameterCount) weights and biases, "
        + "seed \(plan.seed)"
    case .warning(let text): return "\(prefix)warning: \(text)"
    case .resumed(let samples, _, let after): return prefix + after.sentence(samples: samples)
    case .scored(let score):
      let speed = score.samplesPerSecond.isFinite ? ", \(Int(score.samplesPerSecond)) rows/s" : ""
      return "\(ProgressText.sentence(meter, nowSeconds: seconds)), \(prefix)\(score.sentence)\(speed)"
    case .finished(let summary):
      return ([summary.sentence] + [summary.delivered.map { "the model is \($0)" }, summary.verdict].compactMap { $0 })
        .map { prefix + $0 }.joined(separator: "\n")
    case .processEnded(let how, let usage):
      return "\(prefix)process ended (\(how)): \(DurationText.precise(usage.cpuSeconds)) of processor time, at most "
        + "\(ByteText.of(usage.peakMemoryBytes)) of memory"
    // The end of a process is not recorded if the daemon dies with it.
    case .processStarted:
      return hasOpenProcess ? "\(prefix)the process died with the daemon; a new one continues the job" : nil
    case .checkpointed: return nil
    }
  }

  /// The progress of a job that has trained its models and has not ended.
  static let writing = "writing the result"
}
