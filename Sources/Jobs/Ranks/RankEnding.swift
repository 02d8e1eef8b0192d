internal import DeepLearning
internal import JobEvents
internal import Models
internal import Training

/// How the training of a model on a rank has ended.
enum RankEnding: Codable, Sendable {
  /// The attachments are the delivered network with its history, as a checkpoint, and the checkpoint from which a later
  /// job continues; empty if there is none.
  case trained(Trained)
  case suspended
  case cancelled
  case unstable(UnstableTraining)
  case failed(JobFailure)

  /// A trained model without its network.
  ///
  /// Its metrics are not sent: rank 0 scores the network again, which takes less time than one epoch.
  struct Trained: Codable, Sendable {
    let ending: String
    let isPaused: Bool
    let point: ScoringPoint
    let network: DeliveredNetwork

    init(_ model: TrainedModel) {
      (ending, isPaused) = (model.ending, model.isPaused)
      (point, network) = (model.final.point, model.final.network)
    }

    static func attachments(_ model: TrainedModel) throws -> [[UInt8]] {
      let final = model.final
      let delivered = CheckpointFile(
        state: final.state, progress: TrainingProgress(at: final.point, rowSet: nil), record: final.record,
        seed: model.plan.options.seed, fingerprint: "")
      return [try delivered.bytes(), try model.continuation?.bytes() ?? []]
    }

    /// Returns the model, with its metrics, on rank 0.
    ///
    /// - `request`: The request of the model.
    /// - Throws: The errors of planning, or `SealedFileError` if ranks run different versions of the program.
    func model(
      of request: ModelRequest, _ attachments: [[UInt8]], _ context: RunContext
    ) async throws -> TrainedModel {
      let fileSystem = context.fileSystem
      let (plan, warnings) = try await BlockingWork.run { try ModelRun.plan(request, fileSystem) }
      func file(_ bytes: [UInt8]) throws -> CheckpointFile {
        try CheckpointFile(bytes: bytes, topology: plan.training.topology, rule: plan.training.options.rule)
      }
      guard attachments.count == 2 else { throw RankFault.unknownOrder }
      let delivered = try file(attachments[0])
      let scorer = ScoringActor(
        plan, record: delivered.record, clock: Clocks.ofTraining, heartbeat: context.control.beat
      ) { _ in }
      let final = await scorer.measureAgain(delivered.state, at: point, network: network)
      var model = TrainedModel(
        request, plan, final: final, ending: ending,
        continuation: attachments[1].isEmpty ? nil : try file(attachments[1]), warnings: warnings)
      model.isPaused = isPaused
      return model
    }
  }
}
