internal import DataFrames
internal import DeepLearning

/// A loop that trains copies of the network in parallel and averages them periodically, in a fixed order.
///
/// The result depends on the number of copies and on the rows between two averaging steps, which the plan
/// fixes, but neither on the number of threads nor on that of ranks. It is H2O's model averaging across nodes, with
/// copies instead of nodes: the mean replaces all copies, or with elastic averaging moves their consensus. Source:
/// h2o-behaviour.md#averaged-copies; measurements in docs/decisions/0006 and 0042.
final class ShardedLoop<Engine: AveragedTrainer>: CopyLoop {
  /// The copies of this rank.
  private let engines: [Engine]
  private let side: SideBySide<Engine>
  private var order: CopyOrder
  private let batchSize: Int
  /// Whether copies go on from their own weights, with a consensus in common.
  private let isElastic: Bool
  var unit: Int
  private let clock: TrainingClock?
  /// 0 without a clock.
  private(set) var averagingSeconds = 0.0
  /// The numbers of this rank's copies.
  private let own: Range<Int>
  /// Forms the mean of copies of several ranks, or the mean that moves a consensus; nil if this process has all copies,
  /// which the mean replaces.
  private let separateMean: CopyMean?

  /// - `places`: Where the rows of entries lie among `rows`.
  /// - `ranks`: The processes that share the copies.
  /// - `clock`: Measures how long averaging takes.
  init(
    task: ShardTask, rows: EncodedRows, places: RowPlaces, state: NetworkState, ranks: RankGroup,
    clock: TrainingClock?, heartbeat: @escaping @Sendable () -> Void
  ) {
    let training = task.training
    let copyCount = task.shards.count
    batchSize = training.options.engine.rowsPerStep
    isElastic = training.options.elasticity != nil
    unit = task.shards.roundEntries
    self.clock = clock
    own = ranks.part(of: copyCount, rank: ranks.rank)
    engines = own.map {
      Engine(
        topology: training.topology, options: training.options, state: state.copy($0, of: copyCount), threads: 1)
    }
    order = CopyOrder(task, rows: rows, own: own)
    let trainers = engines.map {
      RowTrainer(
        engine: $0, training: training, rows: rows, places: places, zeroByteShare: task.zeroByteShare,
        heartbeat: heartbeat)
    }
    side = SideBySide(trainers: trainers, threads: max(1, min(task.threads, engines.count)))
    separateMean =
      ranks.isAlone && !isElastic ? nil : CopyMean(of: engines.map(\.averagedNumbers), copyCount: copyCount, ranks)
  }

  /// With elastic averaging it has the other copies of this rank, too.
  var state: NetworkState {
    var state = engines[0].state
    if isElastic { state.copies = engines.dropFirst().map(\.state.withoutConsensus) }
    return state
  }

  var ownCopies: [NetworkState] { engines.map(\.state.withoutConsensus) }

  var isFinite: Bool { engines[0].isFinite }

  /// Every round ends with an average, and an iteration with a round, so there is nothing left to do.
  func finishIteration() {}

  /// Trains in rounds of ``unit`` positions, each with one piece per copy.
  func train(_ slice: RowSlice) -> Int {
    train(
      slice.position..<slice.position + slice.entries.count, samplesBeforeIteration: slice.samplesBeforeIteration,
      samplesBefore: slice.samplesBefore)
    return slice.entries.count
  }

  func train(_ positions: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) {
    for start in stride(from: positions.lowerBound, to: positions.upperBound, by: unit) {
      trainRound(
        start..<min(start + unit, positions.upperBound), samplesBeforeIteration: samplesBeforeIteration,
        samplesBefore: samplesBefore + start - positions.lowerBound)
    }
  }

  private func trainRound(_ positions: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) {
    let counts = order.counts(positions)
    // Each copy continues where the one before it ends, as if one network had trained all pieces.
    let before = own.map { copy in samplesBefore + counts[..<copy].reduce(0, +) }
    let stepsBefore = engines[0].steps
    let trained = side.train(
      order.entries(positions), samplesBeforeIteration: samplesBeforeIteration, samplesBefore: before)
    // A sequence has usable rows only.
    precondition(trained == Array(counts[own]), "\(trained) rows were trained of \(counts[own])")
    let start = clock?.seconds() ?? 0
    defer { averagingSeconds += (clock?.seconds() ?? 0) - start }
    average(contributes: counts.map { $0 > 0 }, steps: stepsBefore + ((counts.max() ?? 0) + batchSize - 1) / batchSize)
  }

  /// Averages the copies, or moves their consensus towards their mean.
  ///
  /// `steps`: The updates of the copy with the longest piece, by which Adam corrects the averaged moments.
  private func average(contributes: [Bool], steps: Int) {
    if isElastic {
      guard let mean = separateMean?.form(contributes) else { return }
      for engine in engines { engine.formConsensus(from: mean) }
      return
    }
    if let separateMean {
      if separateMean.form(contributes) != nil { separateMean.replaceCopies() }
    } else {
      Engine.average(engines, sharesOf: contributes)
    }
    for engine in engines { engine.steps = steps }
  }
}
