internal import DeepLearning
internal import Dispatch
internal import Metrics
internal import Models

/// Measures networks of one training on its tables, on threads of its own, so that the actor that asks stays free.
struct NetworkMeasurer: Sendable {
  private let template: Model
  private let training: ScoringTable
  private let validation: ScoringTable?
  private let metric: StoppingMetric
  private let scorer: ModelScorer
  private let queue = DispatchQueue(label: "deepspool.scoring")

  /// - `template`: The model without its weights.
  /// - `heartbeat`: Called now and then while rows are scored.
  init(
    plan: ScoringPlan, template: Model, training: ScoringTable, validation: ScoringTable?,
    heartbeat: @escaping @Sendable () -> Void
  ) {
    self.template = template
    self.training = training
    self.validation = validation
    metric = plan.stopping.metric
    scorer = ModelScorer(threads: plan.threads, options: plan.metricOptions, heartbeat: heartbeat)
  }

  /// The model with the weights that `state` publishes.
  func model(_ state: NetworkState) -> Model {
    var model = template
    model.state = state.published
    return model
  }

  /// Metrics on the training table and, if there is one, on the validation table.
  func metrics(of state: NetworkState) async -> (training: ModelMetrics, validation: ModelMetrics?) {
    await run(state) { model in
      (scorer.metrics(of: model, on: training), validation.map { scorer.metrics(of: model, on: $0) })
    }
  }

  /// What networks compete by; the history does not hear of it.
  func loss(of state: NetworkState) async -> Float {
    let metrics = await metrics(of: state)
    return metric.loss(of: metrics.validation ?? metrics.training, quirks: template.quirks)
  }

  /// The loss of a network on the training table by which a ``RunawayWatch`` judges.
  func trainingLoss(of state: NetworkState) async -> Double {
    await run(state) { RunawayWatch.loss(scorer.metrics(of: $0, on: training)).value }
  }

  private func run<Result: Sendable>(
    _ state: NetworkState, _ body: @escaping @Sendable (Model) -> Result
  ) async -> Result {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: body(model(state))) }
    }
  }
}
