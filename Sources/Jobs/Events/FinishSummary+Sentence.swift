package import JobEvents
internal import Training
internal import Wording

extension JobEvent.FinishSummary {
  /// A sentence for people: `training complete: 20 epochs in 3.2 s`.
  ///
  /// If training stopped before the last epoch, the reason follows. Grids and predictions have
  /// only their ending.
  package var sentence: String {
    guard delivered != nil else { return ending }
    let reason = ending == TrainingOutcome.Reason.epochsReached.rawValue ? "" : "; \(ending)"
    return "training complete: \(Self.text(epochs)) epoch\(epochs == 1 ? "" : "s") in \(Self.text(seconds)) s\(reason)"
  }

  /// At most two decimals.
  private static func text(_ value: Double) -> String { NumberText.shortest((value * 100).rounded() / 100) }
}
