internal import DataFrames
internal import DeepLearning

/// Trains one network with several threads that write the same weights without locks, each on rows of its own.
///
/// H2O's way on one machine (Hogwild: Recht et al. 2011, Advances in Neural Information Processing Systems 24). Threads
/// overwrite each other's steps now and then, so that a job trained twice gives two models.
final class UnlockedLoop: SampleLoop {
  private let first: FastTrainer
  private let trainers: [RowTrainer<FastTrainer>]

  /// `threads`: How many write at the same time.
  init(
    plan: TrainingPlan, rows: EncodedRows, state: NetworkState, threads: Int,
    heartbeat: @escaping @Sendable () -> Void
  ) {
    let first = FastTrainer(topology: plan.topology, options: plan.options, state: state, threads: 1)
    self.first = first
    let others = (1..<max(1, threads)).map { _ in FastTrainer(sharingWeightsOf: first) }
    trainers = ([first] + others).map { RowTrainer(engine: $0, plan: plan, rows: rows, heartbeat: heartbeat) }
  }

  var state: NetworkState { first.state }
  var isFinite: Bool { first.isFinite }

  func finishIteration() { first.finishIteration() }

  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> Int {
    // The weights are written by all of them, which is the point.
    SideBySide(trainers: trainers, threads: trainers.count).train(
      order, range: range, samplesBeforeIteration: samplesBeforeIteration, samplesBefore: samplesBefore
    ).reduce(0, +)
  }
}
