internal import JobEvents
internal import JobFiles
internal import Jobs

/// A display of a job's events: a progress bar on a terminal, otherwise a line per event.
struct ProgressDisplay: Sendable {
  private static let barWidth = 30

  let isQuiet: Bool

  func show(_ event: JobEvent) { show(event, prefix: "") }

  private func show(_ event: JobEvent, prefix: String) {
    switch event {
    case .ofPart(let part, let event): show(event, prefix: "\(prefix)\(part): ")
    case .crossValidated(let count, let headline):
      line("\(prefix)\(count) folds: cross-validation \(headline.name) \(Format.number(headline.value))")
    case .modelFailed(let reason): line("\(prefix)failed: \(reason)")
    case .tableRead(let table):
      line(
        "\(prefix)\(table.name): \(table.rowCount) rows, \(table.columnCount) columns, read in "
          + "\(Format.number(table.seconds)) s")
    case .heldOut(let summary): line("\(prefix)\(summary.sentence)")
    case .planned(let plan):
      let units = plan.units.map(String.init).joined(separator: "-")
      line(
        "\(prefix)\(plan.rowCount) rows, network \(units), \(plan.parameterCount) weights and biases, seed \(plan.seed)"
      )
    case .warning(let text): line("\(prefix)warning: \(text)")
    case .resumed(let samples, _): line("\(prefix)resuming from a checkpoint after \(samples) rows")
    case .scored(let score) where !isQuiet: Terminal.isInteractive ? bar(score, prefix) : line(prefix + sentence(score))
    // A foreground job has no separate process.
    case .scored, .checkpointed, .processEnded: break
    case .finished(let summary):
      if Terminal.isInteractive { Terminal.replaceLine("") }
      line(prefix + summary.sentence)
      if let delivered = summary.delivered { line("\(prefix)the model is \(delivered)") }
      if let verdict = summary.verdict { line(prefix + verdict) }
    }
  }

  private func line(_ text: String) {
    if Terminal.isInteractive { Terminal.replaceLine("") }
    Terminal.note(text)
  }

  private func sentence(_ score: JobEvent.ScoreSummary) -> String {
    let part = score.isValidation ? "validation" : "training"
    return "epoch \(Format.number(score.epochs)) of \(Format.number(score.totalEpochs)): "
      + "\(part) \(score.headline.name) \(Format.number(score.headline.value)), "
      + "\(Int(score.samplesPerSecond)) rows/s"
  }

  private func bar(_ score: JobEvent.ScoreSummary, _ prefix: String) {
    let filled = Int(Double(Self.barWidth) * score.fraction)
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: Self.barWidth - filled)
    Terminal.replaceLine("[\(bar)] \(prefix)\(sentence(score))")
  }
}

/// Formatting of numbers for display.
enum Format {
  /// Returns the number with about four significant digits.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let scale = abs(value) >= 100 ? 10.0 : abs(value) >= 1 ? 1000.0 : 100_000.0
    return ((value * scale).rounded() / scale).text
  }
}
