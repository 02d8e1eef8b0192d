internal import DataFrames
internal import DeepLearning

/// Runs rows through one or several engines; hides their precision and number from the actor.
protocol SampleLoop: AnyObject {
  /// Trains on `order[range]` and returns how many rows were trained on.
  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> Int
  /// What happens between iterations.
  func finishIteration()
  var state: NetworkState { get }
  var isFinite: Bool { get }
}

/// The loop for a single engine.
final class EngineLoop<Engine: NetworkTrainer>: SampleLoop {
  private let engine: Engine
  private let trainer: RowTrainer<Engine>

  init(
    plan: TrainingPlan, rows: EncodedRows, state: NetworkState, threads: Int, heartbeat: @escaping @Sendable () -> Void
  ) {
    engine = Engine(topology: plan.topology, options: plan.options, state: state, threads: threads)
    trainer = RowTrainer(engine: engine, plan: plan, rows: rows, heartbeat: heartbeat)
  }

  var state: NetworkState { engine.state }
  var isFinite: Bool { engine.isFinite }

  func finishIteration() { engine.finishIteration() }

  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> Int {
    trainer.train(
      order, range: range, samplesBeforeIteration: samplesBeforeIteration, samplesBefore: samplesBefore)
  }
}
