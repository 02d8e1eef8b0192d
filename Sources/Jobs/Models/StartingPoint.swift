internal import DeepLearning
internal import DurableFiles
internal import JobFiles
internal import Training

/// Finds the starting point of a model's training.
///
/// In this order: the checkpoint of an interrupted run, the earlier model that the job continues,
/// or initial weights, which may come from an autoencoder or from files.
struct StartingPoint {
  private let request: ModelRequest
  private let plan: ModelPlan
  private var training: TrainingPlan { plan.training }
  private let fileSystem: FileSystem

  init(_ request: ModelRequest, plan: ModelPlan, fileSystem: FileSystem) {
    self.request = request
    self.plan = plan
    self.fileSystem = fileSystem
  }

  func find() throws -> ModelPreparation.Start {
    if let start = interrupted { return start }
    if let name = request.job.checkpoint {
      let earlier = try EarlierModel(name, key: \.checkpoint, request: request, fileSystem: fileSystem)
      return try earlier.continuation(training)
    }
    var state = plan.untrainedNetwork
    if let name = request.job.pretrainedAutoencoder {
      let earlier = try EarlierModel(name, key: \.pretrainedAutoencoder, request: request, fileSystem: fileSystem)
      try earlier.lendHiddenLayers(to: &state, plan: training)
    }
    try GivenWeights(request.origin, topology: training.topology).apply(to: &state)
    return ModelPreparation.Start(
      state: state, progress: TrainingProgress(), record: ScoringRecord(), origin: .fresh)
  }

  /// The checkpoint of an interrupted run; nil if it is missing, damaged, or of another
  /// job or other data.
  private var interrupted: ModelPreparation.Start? {
    let path = "\(request.workFolder)/\(JobFolderLayout.checkpointFile)"
    guard let bytes = try? fileSystem.read(path, limit: CheckpointFile.maximumBytes),
      let file = try? CheckpointFile(bytes: bytes, topology: training.topology, rule: training.options.rule),
      file.fingerprint == request.fingerprint(of: training.encoding), file.seed == training.options.seed
    else { return nil }
    return ModelPreparation.Start(
      state: file.state, progress: file.progress, record: file.record,
      origin: file.ending.map { .ended($0) } ?? .interrupted, network: file.network)
  }
}
