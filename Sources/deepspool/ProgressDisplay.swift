internal import JobFiles
internal import JobRunning
internal import Metrics

/// Shows the events of a job to a person: a bar on a terminal, a line per event elsewhere.
struct ProgressDisplay: Sendable {
  private static let barWidth = 30

  let isQuiet: Bool

  func show(_ event: JobEvent) {
    switch event {
    case .planned(let plan):
      let units = plan.units.map(String.init).joined(separator: "-")
      line("\(plan.rowCount) rows, network \(units), \(plan.parameterCount) weights and biases, seed \(plan.seed)")
    case .warning(let text): line("warning: \(text)")
    case .resumed(let samples, _): line("going on from a checkpoint after \(samples) rows")
    case .scored(let score) where !isQuiet: Terminal.isInteractive ? bar(score) : line(sentence(score))
    case .scored, .checkpointed: break
    case .finished(let summary):
      if Terminal.isInteractive { Terminal.replaceLine("") }
      line("\(summary.ending) after \(Format.number(summary.epochs)) epochs, \(Format.number(summary.seconds)) s")
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

  private func bar(_ score: JobEvent.ScoreSummary) {
    let filled = Int(Double(Self.barWidth) * score.fraction)
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: Self.barWidth - filled)
    Terminal.replaceLine("[\(bar)] \(sentence(score))")
  }
}

/// Numbers for people.
enum Format {
  /// About four digits.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let scale = abs(value) >= 100 ? 10.0 : abs(value) >= 1 ? 1000.0 : 100_000.0
    return ((value * scale).rounded() / scale).text
  }
}
