internal import DataFrames
internal import DeepLearning

/// A loop that trains one network with several threads, which write the same weights without locks.
///
/// Each thread has its own rows, as in H2O on one machine (Hogwild: Recht et al. 2011,
/// Advances in Neural Information Processing Systems 24). Threads sometimes overwrite each
/// other's updates, so two runs of a job give different models.
final class UnlockedLoop: SampleLoop {
  private let first: FastTrainer
  private let trainers: [RowTrainer<FastTrainer>]

  /// `threads`: The number of threads that write at the same time.
  init(
    training: RowTraining, rows: EncodedRows, state: NetworkState, threads: Int,
    heartbeat: @escaping @Sendable () -> Void
  ) {
    let first = FastTrainer(topology: training.topology, options: training.options, state: state, threads: 1)
    self.first = first
    let others = (1..<max(1, threads)).map { _ in FastTrainer(sharingWeightsOf: first) }
    trainers = ([first] + others).map {
      RowTrainer(
        engine: $0, training: training, rows: rows, places: RowPlaces(rowCount: rows.rowCount), heartbeat: heartbeat)
    }
  }

  let unit = 1
  var state: NetworkState { first.state }
  var isFinite: Bool { first.isFinite }

  func finishIteration() { first.finishIteration() }

  func train(_ slice: RowSlice) -> Int {
    // The race on the weights is intended: all trainers write them.
    let pieces = slice.entries.indices.pieces(trainers.count)
    return SideBySide(trainers: trainers, threads: trainers.count).train(
      pieces.map { Array(slice.entries[$0]) }, samplesBeforeIteration: slice.samplesBeforeIteration,
      samplesBefore: pieces.map { slice.samplesBefore + $0.lowerBound }
    ).reduce(0, +)
  }
}
