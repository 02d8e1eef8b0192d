package import DataFrames
internal import DeepLearning

/// The rows of a table that a model is scored on, drawn once.
package struct ScoringTable: Sendable {
  let rows: EncodedRows
  let selection: [Int]

  /// - `samples`: How many rows to keep on average; 0 keeps all.
  /// - `seed`: Each row is kept or not by a draw of its own, as in H2O (h2o-behaviour.md#scoring-event); if none is,
  ///   the
  ///   last one stands for all.
  package init(_ rows: EncodedRows, samples: Int, seed: Int) {
    self.rows = rows
    let all = Array(0..<rows.rowCount)
    guard samples > 0, samples < rows.rowCount else {
      selection = all
      return
    }
    let share = Float(Double(samples) / Double(rows.rowCount))
    var generator = RandomGenerator(seed: 0)
    let kept = all.filter { row in
      generator.restart(seed: UInt64(seed: seed &+ row))
      return generator.nextFloat() < share
    }
    selection = kept.isEmpty ? all.suffix(1) : kept
  }

  /// The given rows and no others.
  package init(_ rows: EncodedRows, selection: [Int]) {
    self.rows = rows
    self.selection = selection
  }

  /// All rows, also those that are not scored.
  package var encodedRows: EncodedRows { rows }

  /// How many rows are scored.
  package var rowCount: Int { selection.count }
}
