package import DeepLearning

/// The judgement of a training that pauses.
extension ScoringActor {
  /// Scores the network with which training pauses.
  ///
  /// - Returns: The model that would be delivered if training ended here; nil if it seems to diverge, so that it must go
  ///   on before anybody can judge it.
  package func standing(_ state: NetworkState, at point: ScoringPoint) async throws -> ScoringEvent? {
    try await waitForPending()
    // A training that continues from the checkpoint of its pause has been scored there.
    let scored = record.history.last
    if scored?.samples != point.samples || scored?.iterations != point.iteration {
      _ = try await score(state, at: point)
    }
    guard !runaway.isSuspicious else { return nil }
    var event: ScoringEvent
    if let lastEvent, lastEvent.point.samples == point.samples, lastEvent.point.iteration == point.iteration {
      event = lastEvent
    } else {
      event = await measured(state, at: point, network: .last(point), stops: nil)
    }
    if plan.scoring.keepsBestModel, let best = record.best, best.loss < plan.loss(event.leading) {
      event = await measured(
        best.state, at: point.knowing(best.trainedMissingUnits), network: best.origin ?? .last(point), stops: nil)
    }
    return await calibrated(event, stops: nil)
  }
}
