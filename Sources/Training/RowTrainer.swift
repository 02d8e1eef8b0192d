package import DataFrames
internal import DeepLearning

/// A loop that passes rows to one engine, in its precision, and skips rows that are not trained on.
final class RowTrainer<Engine: NetworkTrainer> {
  /// The rows per heartbeat; threads share the counter of heartbeats, so one per row would be too expensive.
  private static var rowsPerHeartbeat: Int { 64 }
  /// The rows that are prefetched; in a random order, rows are scattered in memory.
  private static var rowsFetchedAhead: Int { 4 }

  private let engine: Engine
  private let rows: EncodedRows
  private let places: RowPlaces
  private let cursor: RowCursor<Engine.Scalar>
  private let eligibility: RowEligibility
  private let scalesByWeight: Bool
  private let offsets: [Double]?
  private let batchSize: Int
  /// The fraction of zeros in packed rows; only mini-batches use it.
  private let zeroShare: Double
  private let heartbeat: @Sendable () -> Void

  /// - `places`: Where the rows of entries lie among `rows`.
  /// - `zeroByteShare`: The fraction of zeros in packed rows of the whole table; nil for that of `rows`.
  /// - `heartbeat`: Called regularly, at least once per slice.
  init(
    engine: Engine, training: RowTraining, rows: EncodedRows, places: RowPlaces,
    zeroByteShare: Double? = nil, heartbeat: @escaping @Sendable () -> Void
  ) {
    self.heartbeat = heartbeat
    self.places = places
    self.engine = engine
    self.rows = rows
    batchSize = training.options.engine.rowsPerStep
    cursor = RowCursor(rows, unpacks: !engine.takesPackedRows, expands: !engine.takesSparseRows)
    zeroShare = engine.takesPackedRows && batchSize > 1 ? zeroByteShare ?? rows.zeroByteShare : 0
    eligibility = RowEligibility(rows, skipsIncompleteRows: training.skipsIncompleteRows)
    scalesByWeight = rows.weights != nil && training.scalesByWeight
    offsets = rows.offsets?.map { training.offsetRule.outputOffset($0) }
  }

  /// Trains on entries of the row order and returns the number of rows trained.
  ///
  /// A mini-batch is a fixed number of entries, counted from the first one; skipped rows make it smaller.
  ///
  /// Engines are chosen at run time, so the compiler sees no engine that it could specialise the loop for. The
  /// generic loop looks up the metadata of its types for every row, which takes longer than copying the row.
  @specialized(where Engine == BatchTrainer)
  @specialized(where Engine == FastTrainer)
  @specialized(where Engine == ExactTrainer)
  func train(_ entries: [Int], samplesBeforeIteration: Int, samplesBefore: Int) -> Int {
    var trained = 0
    for position in entries.indices {
      if position % Self.rowsPerHeartbeat == 0 { heartbeat() }
      if position + Self.rowsFetchedAhead < entries.count {
        rows.withStorage(ofRow: places.row(of: entries[position + Self.rowsFetchedAhead]), CacheLines.fetch)
      }
      let entry = entries[position]
      let row = places.row(of: entry)
      if eligibility.isTrained(row) {
        cursor.move(to: row)
        engine.train(
          NetworkInput(
            activeUnits: cursor.activeUnits, numerics: cursor.numerics,
            packed: cursor.packed.map {
              PackedNumerics(
                bytes: $0.bytes, subtract: $0.subtract, multiply: $0.multiply, count: rows.numericCount,
                zeroShare: zeroShare)
            }, sparse: cursor.sparse.map { SparseNumerics(inputs: $0.inputs, values: $0.values) }),
          at: TrainingPosition(
            target: rows.targets[row], row: entry, samplesBeforeIteration: samplesBeforeIteration,
            samplesBefore: samplesBefore + trained, weight: scalesByWeight ? rows.weights?[row] ?? 1 : 1,
            offset: offsets?[row] ?? 0))
        trained += 1
      }
      if batchSize > 1, position % batchSize == batchSize - 1 { engine.finishStep() }
    }
    engine.finishStep()
    return trained
  }
}

/// A filter for training rows: it excludes rows without response or weight
/// and, under Skip, those with missing predictors.
package struct RowEligibility: Sendable {
  private let rows: EncodedRows
  let skipsIncompleteRows: Bool

  package init(_ rows: EncodedRows, skipsIncompleteRows: Bool) {
    self.rows = rows
    self.skipsIncompleteRows = skipsIncompleteRows
  }

  package func isTrained(_ row: Int) -> Bool {
    !rows.targets[row].isNaN && rows.weights?[row] != 0 && !(skipsIncompleteRows && rows.incomplete.contains(row))
  }
}
