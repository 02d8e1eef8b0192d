package import DataFrames
internal import DeepLearning
internal import JobFiles

/// Runs rows through an engine; hides the engine's precision from the actor.
protocol SampleLoop: AnyObject {
  /// Trains on `order[range]` and returns how many rows were trained on.
  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> Int
  /// What happens between iterations.
  func finishIteration()
  var state: NetworkState { get }
  var isFinite: Bool { get }
}

/// The loop for one kind of engine.
final class EngineLoop<Engine: NetworkTrainer>: SampleLoop {
  private let engine: Engine
  private let rows: EncodedRows
  private let cursor: RowCursor<Engine.Scalar>
  private let eligibility: RowEligibility
  private let scalesByWeight: Bool
  private let offsets: [Double]?
  private let batchSize: Int

  init(plan: TrainingPlan, rows: EncodedRows, state: NetworkState) {
    batchSize = plan.options.batchSize
    engine = Engine(topology: plan.topology, options: plan.options, state: state)
    self.rows = rows
    cursor = RowCursor(rows)
    eligibility = RowEligibility(rows, skipsIncompleteRows: plan.skipsIncompleteRows)
    scalesByWeight = rows.weights != nil && !plan.options.quirks.contains(.weightsResampleRows)
    offsets = rows.offsets?.map { OffsetRule(plan.encoding.response, quirks: plan.options.quirks).outputOffset($0) }
  }

  var state: NetworkState { engine.state }
  var isFinite: Bool { engine.isFinite }

  func finishIteration() { engine.finishIteration() }

  /// Batches are so many entries of the order, counted from the start of `range`; rows that are passed over make them
  /// smaller.
  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> Int {
    var trained = 0
    for position in range {
      let entry = order[position]
      let row = entry % rows.rowCount
      defer { if (position - range.lowerBound) % batchSize == batchSize - 1 { engine.finishBatch() } }
      guard eligibility.isTrained(row) else { continue }
      cursor.move(to: row)
      engine.train(
        NetworkInput(activeUnits: cursor.activeUnits, numerics: cursor.numerics),
        at: TrainingPosition(
          target: rows.targets[row], row: entry, samplesBeforeIteration: samplesBeforeIteration,
          samplesBefore: samplesBefore + trained, weight: scalesByWeight ? rows.weights?[row] ?? 1 : 1,
          offset: offsets?[row] ?? 0))
      trained += 1
    }
    engine.finishBatch()
    return trained
  }
}

/// Which rows are trained on: not those without response or weight, nor, under Skip, those with missing predictors.
package struct RowEligibility: Sendable {
  private let rows: EncodedRows
  private let skipsIncompleteRows: Bool

  package init(_ rows: EncodedRows, skipsIncompleteRows: Bool) {
    self.rows = rows
    self.skipsIncompleteRows = skipsIncompleteRows
  }

  package func isTrained(_ row: Int) -> Bool {
    !rows.targets[row].isNaN && rows.weights?[row] != 0 && !(skipsIncompleteRows && rows.incomplete.contains(row))
  }
}
