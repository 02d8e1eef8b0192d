internal import DataFrames
internal import DeepLearning

/// A loop that trains rows with one or several engines, and hides their precision and number from the actor.
protocol SampleLoop: AnyObject {
  /// Trains on a slice and returns the number of rows trained.
  func train(_ slice: RowSlice) -> Int
  /// Ends an iteration.
  func finishIteration()
  var state: NetworkState { get }
  var isFinite: Bool { get }
  /// The entries of a mini-batch, or of an averaging round of all copies, which no slice splits.
  var unit: Int { get }
  /// The seconds in which copies were averaged: waiting for the slowest, moving their numbers, and summing them up.
  var averagingSeconds: Double { get }
}

extension SampleLoop {
  /// There is a single network.
  var averagingSeconds: Double { 0 }
}

/// The loop of a single engine.
final class EngineLoop<Engine: NetworkTrainer>: SampleLoop {
  private let engine: Engine
  private let trainer: RowTrainer<Engine>

  init(
    training: RowTraining, rows: EncodedRows, state: NetworkState, threads: Int,
    heartbeat: @escaping @Sendable () -> Void
  ) {
    unit = training.options.engine.rowsPerStep
    engine = Engine(topology: training.topology, options: training.options, state: state, threads: threads)
    trainer = RowTrainer(
      engine: engine, training: training, rows: rows, places: RowPlaces(rowCount: rows.rowCount), heartbeat: heartbeat)
  }

  let unit: Int
  var state: NetworkState { engine.state }
  var isFinite: Bool { engine.isFinite }

  func finishIteration() { engine.finishIteration() }

  func train(_ slice: RowSlice) -> Int {
    trainer.train(
      slice.entries, samplesBeforeIteration: slice.samplesBeforeIteration, samplesBefore: slice.samplesBefore)
  }
}
