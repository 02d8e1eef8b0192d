internal import DeepLearning
internal import JobFiles
internal import Training

/// The point at which the training of a model starts.
struct StartingPoint: Sendable {
  enum Origin: Sendable {
    /// New initial weights.
    case fresh
    /// The checkpoint of an interrupted run of the same job.
    case interrupted
    /// An earlier job, whose training continues.
    case continued
    /// A training that has ended, with its reason.
    case ended(String)
  }

  let state: NetworkState
  var progress: TrainingProgress
  let record: ScoringRecord
  let origin: Origin
  /// The network that ``state`` is, if training has ended.
  var network: DeliveredNetwork?

  /// Returns the starting point of a model.
  ///
  /// In this order: the checkpoint of an interrupted run, the earlier model that the job continues,
  /// or initial weights, which may come from an autoencoder or from files.
  static func find(_ request: ModelRequest, _ plan: ModelPlan, _ context: RunContext) throws -> StartingPoint {
    let fileSystem = context.fileSystem
    if let start = interrupted(request, plan.training, context.store) { return start }
    if let name = request.job.checkpoint {
      let earlier = try EarlierModel(name, key: \.checkpoint, request: request, fileSystem: fileSystem)
      return try earlier.continuation(plan.training)
    }
    var state = plan.untrainedNetwork
    if let name = request.job.pretrainedAutoencoder {
      let earlier = try EarlierModel(name, key: \.pretrainedAutoencoder, request: request, fileSystem: fileSystem)
      try earlier.lendHiddenLayers(to: &state, plan: plan.training)
    }
    try GivenWeights(request.origin, topology: plan.training.topology).apply(to: &state)
    return StartingPoint(state: state, progress: TrainingProgress(), record: ScoringRecord(), origin: .fresh)
  }

  /// Returns the checkpoint of an interrupted run; nil if it is missing, damaged, or of another
  /// job or other data.
  private static func interrupted(
    _ request: ModelRequest, _ plan: TrainingPlan, _ store: ModelStore
  ) -> StartingPoint? {
    guard let bytes = store.checkpoint(request),
      let file = try? CheckpointFile(bytes: bytes, topology: plan.topology, rule: plan.options.rule),
      file.fingerprint == request.fingerprint(of: plan.encoding), file.seed == plan.options.seed
    else { return nil }
    return StartingPoint(
      state: file.state, progress: file.progress, record: file.record,
      origin: file.ending.map { .ended($0) } ?? .interrupted, network: file.network)
  }
}
