internal import DeepLearning
internal import Dispatch
internal import Metrics
internal import Models

/// Computes the metrics of networks on the tables of a training, on its
/// own threads, so that the calling actor stays free.
struct NetworkMeasurer: Sendable {
  private let plan: ModelPlan
  private let scorer: ModelScorer
  private let queue = DispatchQueue(label: "deepspool.scoring")

  /// - `heartbeat`: Called regularly while rows are scored.
  init(_ plan: ModelPlan, heartbeat: @escaping @Sendable () -> Void) {
    self.plan = plan
    scorer = ModelScorer(threads: plan.threads, options: plan.scoring.metricOptions, heartbeat: heartbeat)
  }

  /// Returns the metrics on the training table and, if there is one, on the validation table.
  func metrics(of state: NetworkState) async -> (training: ModelMetrics, validation: ModelMetrics?) {
    await run(state) { model in
      (
        scorer.metrics(of: model, on: plan.trainingTable),
        plan.validationTable.map { scorer.metrics(of: model, on: $0) }
      )
    }
  }

  /// Returns the loss by which networks compete; it does not enter the history.
  func loss(of state: NetworkState) async -> Float {
    let metrics = await metrics(of: state)
    return plan.loss(.leading(training: metrics.training, validation: metrics.validation))
  }

  /// Returns the loss on the training table that ``RunawayWatch`` uses.
  func trainingLoss(of state: NetworkState) async -> Double {
    await run(state) { RunawayWatch.loss(scorer.metrics(of: $0, on: plan.trainingTable)).value }
  }

  /// Returns the temperature that calibrates a classifier on the validation rows; nil without such rows.
  func temperature(of state: NetworkState) async -> Double? {
    guard let table = plan.validationTable else { return nil }
    return await run(state) { model in
      Temperature.best(
        scorer.score(model, table), correction: model.classCorrection, classCount: model.topology.outputs)
    }
  }

  private func run<Result: Sendable>(
    _ state: NetworkState, _ body: @escaping @Sendable (Model) -> Result
  ) async -> Result {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body(plan.model(state))) }
    }
  }
}

extension ModelPlan {
  /// Returns the loss that the best network minimises.
  func loss(_ metrics: ModelMetrics) -> Float {
    scoring.stopping.metric.loss(of: metrics, by: training.rules.bestNetwork)
  }
}
