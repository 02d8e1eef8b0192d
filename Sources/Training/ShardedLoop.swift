internal import DataFrames
internal import DeepLearning

/// A loop that trains copies of the network in parallel and averages them periodically, in a fixed order.
///
/// The result depends on the number of copies and on the rows between two averaging steps, which the plan
/// fixes, but neither on the number of threads nor on that of ranks. It is H2O's model averaging across nodes, with
/// copies instead of nodes. Source: h2o-behaviour.md#averaged-copies; measurements in docs/decisions/0006.
final class ShardedLoop: SampleLoop {
  /// The copies of this rank.
  private let engines: [FastTrainer]
  private let side: SideBySide
  private let eligibility: RowEligibility
  private let rowCount: Int
  private let copyCount: Int
  /// The entries between two averaging steps; all ranks have the same number.
  var unit: Int
  private let clock: TrainingClock?
  /// 0 without a clock.
  private(set) var averagingSeconds = 0.0
  /// The numbers of this rank's copies.
  private let own: Range<Int>
  /// Averages copies of several ranks; nil if this process has all copies.
  private let rankedMean: RankedMean?

  /// - `ranks`: The processes that share the copies; all of them have the same rows.
  /// - `clock`: Measures how long averaging takes.
  init(
    task: ShardTask, rows: EncodedRows, state: NetworkState, ranks: RankGroup = .alone,
    clock: TrainingClock? = nil, heartbeat: @escaping @Sendable () -> Void
  ) {
    let training = task.training
    copyCount = task.shards.count
    unit = task.shards.roundEntries
    self.clock = clock
    own = ranks.part(of: copyCount, rank: ranks.rank)
    engines = own.map { _ in
      FastTrainer(topology: training.topology, options: training.options, state: state, threads: 1)
    }
    let trainers = engines.map { RowTrainer(engine: $0, training: training, rows: rows, heartbeat: heartbeat) }
    side = SideBySide(trainers: trainers, threads: max(1, min(task.threads, engines.count)))
    eligibility = RowEligibility(rows, skipsIncompleteRows: training.skipsIncompleteRows)
    rowCount = rows.rowCount
    rankedMean = ranks.isAlone ? nil : RankedMean(engines, copyCount: copyCount, ranks: ranks)
  }

  var state: NetworkState { engines[0].state }
  var isFinite: Bool { engines[0].isFinite }

  func finishIteration() { engines[0].finishIteration() }

  /// Trains in rounds of ``unit`` entries, each with one piece per copy.
  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> Int {
    var trained = 0
    for start in stride(from: range.lowerBound, to: range.upperBound, by: unit) {
      let round = start..<min(start + unit, range.upperBound)
      trained += trainRound(
        order, range: round, samplesBeforeIteration: samplesBeforeIteration, samplesBefore: samplesBefore + trained)
    }
    return trained
  }

  private func trainRound(
    _ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int
  ) -> Int {
    let pieces = SideBySide.pieces(of: range, count: copyCount)
    func count(_ piece: Range<Int>) -> Int { order[piece].count { eligibility.isTrained($0 % rowCount) } }
    let trained = side.train(
      order, pieces: Array(pieces[own]), samplesBeforeIteration: samplesBeforeIteration,
      samplesBefore: samplesBefore - range.lowerBound)
    assert(trained == pieces[own].map(count), "rows were counted differently than trained")
    // Each rank needs the counts of all copies; those of its own are known.
    let counts = pieces.indices.map { own.contains($0) ? trained[$0 - own.lowerBound] : count(pieces[$0]) }
    let contributes = counts.map { $0 > 0 }
    let start = clock?.seconds() ?? 0
    defer { averagingSeconds += (clock?.seconds() ?? 0) - start }
    if let rankedMean {
      rankedMean.form(contributes)
    } else {
      FastTrainer.average(engines, sharesOf: contributes)
    }
    return counts.reduce(0, +)
  }
}
