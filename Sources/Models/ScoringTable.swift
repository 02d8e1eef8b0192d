package import DataFrames
internal import DeepLearning

/// The rows of a table on which a model is scored, sampled once.
package struct ScoringTable: Sendable {
  let rows: EncodedRows
  let selection: [Int]

  /// - `samples`: The expected number of rows to keep; 0 keeps all.
  /// - `seed`: The seed of the draws, one per row as in H2O (h2o-behaviour.md#scoring-event). If no
  ///   row is kept, the last row is used.
  package init(_ rows: EncodedRows, samples: Int, seed: Int) {
    self.rows = rows
    guard samples > 0, samples < rows.rowCount else {
      selection = Array(0..<rows.rowCount)
      return
    }
    let share = Float(Double(samples) / Double(rows.rowCount))
    var generator = RandomGenerator(seed: 0)
    let kept = (0..<rows.rowCount).filter { row in
      generator.restart(seed: UInt64(seed: seed &+ row))
      return generator.nextFloat() < share
    }
    selection = kept.isEmpty ? [rows.rowCount - 1] : kept
  }

  /// Selects the given rows only.
  package init(_ rows: EncodedRows, selection: [Int]) {
    self.rows = rows
    self.selection = selection
  }

  /// Returns the table with the scored rows only.
  ///
  /// `encode`: Returns the rows with the given indexes.
  package func reduced(_ encode: ([Int]) throws(FrameError) -> EncodedRows) throws(FrameError) -> ScoringTable {
    ScoringTable(try encode(selection), selection: Array(selection.indices))
  }

  /// All rows, including those that are not scored.
  package var encodedRows: EncodedRows { rows }

  /// The number of scored rows.
  package var rowCount: Int { selection.count }
}
