internal import DataFrames
internal import DeepLearning
internal import Models

/// By how much the metric gets worse when a column is shuffled among the rows (Breiman 2001).
package struct PermutationImportance: Sendable, Equatable {
  /// The largest number of repetitions.
  package static let maximumRepeats = 10
  /// The 0.975 quantiles of Student's t distribution, from one degree of freedom on.
  private static let studentQuantiles = [
    12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004, 2.262_157,
  ]

  package let column: String
  /// The loss of each repetition.
  package let losses: [Double]

  init(column: String, losses: [Double]) {
    self.column = column
    self.losses = losses
  }

  package var mean: Double { losses.reduce(0, +) / Double(losses.count) }

  /// The sample standard deviation over the repetitions.
  package var deviation: Double {
    let mean = mean
    return (losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(losses.count - 1)).squareRoot()
  }

  /// The interval that covers the mean of many repetitions with a probability of 95 %.
  package var interval: (lower: Double, upper: Double) {
    guard losses.count > 1 else { return (.nan, .nan) }
    let quantile = Self.studentQuantiles[min(losses.count - 1, Self.studentQuantiles.count) - 1]
    let half = quantile * deviation / Double(losses.count).squareRoot()
    return (mean - half, mean + half)
  }
}

/// Computes permutation importances.
struct PermutationExplainer {
  let model: Model
  let scorer: ModelScorer
  let metric: JudgingMetric
  let draw: RowDraw

  /// Computes the importances of columns.
  ///
  /// - Parameters:
  ///   - columns: The positions of the columns.
  ///   - rows: The rows, with their responses.
  ///   - repeats: The number of repetitions per column.
  /// - Returns: The importances, the largest first.
  func importances(of columns: [Int], _ rows: EncodedRows, repeats: Int) -> [PermutationImportance] {
    let inputs = model.encoding.columnInputs
    let plain = PlainRows(rows)
    let all = Array(0..<rows.rowCount)
    let known = scorer.metrics(of: model, on: ScoringTable(rows, selection: all))
    let found = columns.map { column in
      var mixed = plain
      let losses = (0..<repeats).map { repetition in
        var generator = draw.generator(column, repetition + 1)
        for (row, other) in generator.shuffled(all).enumerated() {
          mixed.replace(inputs[column], inRow: row, by: other, of: plain)
        }
        let changed = scorer.metrics(of: model, on: ScoringTable(rows.withInputs(mixed), selection: all))
        return metric.loss(from: known, to: changed)
      }
      return PermutationImportance(column: inputs[column].name, losses: losses)
    }
    return found.enumerated().sorted {
      ($1.element.mean, $0.offset) < ($0.element.mean, $1.offset)
    }.map(\.element)
  }
}
