internal import DataFrames
internal import DeepLearning

/// A loop that trains copies of the network in parallel and averages them periodically, in a fixed order.
///
/// The result depends on the number of copies and on the rows between two averaging steps, which the plan
/// fixes, but not on the number of threads. It is H2O's model averaging across nodes, with copies instead of
/// nodes. Source: h2o-behaviour.md#averaged-copies; measurements in docs/decisions/0006.
final class ShardedLoop: SampleLoop {
  private let engines: [FastTrainer]
  private let shards: [RowTrainer<FastTrainer>]
  private let threads: Int
  private let roundEntries: Int

  /// `threads`: The number of copies that are trained at the same time.
  init(
    plan: TrainingPlan, rows: EncodedRows, state: NetworkState, threads: Int,
    heartbeat: @escaping @Sendable () -> Void
  ) {
    engines = (0..<plan.shards.count).map { _ in
      FastTrainer(topology: plan.topology, options: plan.options, state: state, threads: 1)
    }
    shards = engines.map { RowTrainer(engine: $0, plan: plan, rows: rows, heartbeat: heartbeat) }
    self.threads = max(1, min(threads, engines.count))
    roundEntries = plan.shards.roundEntries
  }

  var state: NetworkState { engines[0].state }
  var isFinite: Bool { engines[0].isFinite }

  func finishIteration() { engines[0].finishIteration() }

  /// Trains in rounds of ``ShardPlan/roundEntries`` entries, each with one piece per copy.
  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> Int {
    var trained = 0
    for start in stride(from: range.lowerBound, to: range.upperBound, by: roundEntries) {
      let round = start..<min(start + roundEntries, range.upperBound)
      trained += trainRound(
        order, range: round, samplesBeforeIteration: samplesBeforeIteration, samplesBefore: samplesBefore + trained)
    }
    return trained
  }

  private func trainRound(
    _ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int
  ) -> Int {
    let counts = SideBySide(trainers: shards, threads: threads).train(
      order, range: range, samplesBeforeIteration: samplesBeforeIteration, samplesBefore: samplesBefore)
    FastTrainer.average(engines, sharesOf: counts.map { $0 > 0 })
    return counts.reduce(0, +)
  }
}
