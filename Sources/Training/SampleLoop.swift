internal import DataFrames
internal import DeepLearning

/// Runs rows through an engine; hides the engine's precision from the actor.
protocol SampleLoop: AnyObject {
  /// Trains on `order[range]` and returns how many rows were trained on.
  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> Int
  var state: NetworkState { get }
  var isFinite: Bool { get }
}

/// The loop for one kind of engine.
final class EngineLoop<Engine: NetworkTrainer>: SampleLoop {
  private let engine: Engine
  private let rows: EncodedRows
  private let cursor: RowCursor<Engine.Scalar>
  private let skipsIncompleteRows: Bool

  init(plan: TrainingPlan, rows: EncodedRows, state: NetworkState) {
    engine = Engine(topology: plan.topology, options: plan.options, state: state)
    self.rows = rows
    cursor = RowCursor(rows)
    skipsIncompleteRows = plan.skipsIncompleteRows
  }

  var state: NetworkState { engine.state }
  var isFinite: Bool { engine.isFinite }

  /// Rows without response, and incomplete ones under Skip, are passed over and not counted.
  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> Int {
    var trained = 0
    for entry in order[range] {
      let row = entry % rows.rowCount
      let target = rows.targets[row]
      guard !target.isNaN, !(skipsIncompleteRows && rows.incomplete.contains(row)) else { continue }
      cursor.move(to: row)
      engine.train(
        NetworkInput(activeUnits: cursor.activeUnits, numerics: cursor.numerics),
        at: TrainingPosition(
          target: target, row: entry, samplesBeforeIteration: samplesBeforeIteration,
          samplesBefore: samplesBefore + trained))
      trained += 1
    }
    return trained
  }
}
