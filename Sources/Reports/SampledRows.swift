package import Metrics

/// The predictions of a model for rows of a table, for charts and summaries of their errors.
package struct SampledRows: Sendable {
  /// The maximum number of rows; larger tables are sampled evenly.
  package static let maximumRows = 10_000

  package enum Errors: Sendable {
    /// Predictions and actual values of a regression.
    case residuals([ScoredRows])
    /// The reconstruction error of each row of an autoencoder.
    case reconstruction([Double])
  }

  package let part: MeasuredPart
  package let errors: Errors
  /// The residuals; nil for an autoencoder, and without rows of known response.
  let residuals: ResidualSummary?

  package init(_ part: MeasuredPart, _ errors: Errors) {
    self.part = part
    self.errors = errors
    residuals = if case .residuals(let rows) = errors { ResidualSummary(rows) } else { nil }
  }

  /// At most `limit` pairs of prediction and actual value, spread evenly over the rows.
  func pairs(atMost limit: Int) -> [(predicted: Double, actual: Double)] {
    guard case .residuals(let parts) = errors else { return [] }
    var pairs: [(Double, Double)] = []
    for part in parts {
      part.forEachRow(width: 1) { actual, outputs, _ in pairs.append((outputs[outputs.startIndex], actual)) }
    }
    let step = max(1, (pairs.count + limit - 1) / max(1, limit))
    return stride(from: 0, to: pairs.count, by: step).map { pairs[$0] }
  }
}

extension ScoredRows {
  /// Returns at most `limit` of the rows of several parts, spread evenly.
  package static func sample(_ parts: [ScoredRows], atMost limit: Int) -> [ScoredRows] {
    let total = parts.reduce(0) { $0 + $1.actuals.count }
    let step = max(1, (total + limit - 1) / max(1, limit))
    guard step > 1 else { return parts }
    return parts.map { part in
      let rows = Array(stride(from: 0, to: part.actuals.count, by: step))
      let width = part.actuals.isEmpty ? 1 : part.outputs.count / part.actuals.count
      return ScoredRows(
        actuals: rows.map { part.actuals[$0] },
        outputs: rows.flatMap { part.outputs[$0 * width..<($0 + 1) * width] },
        weights: part.weights.map { weights in rows.map { weights[$0] } })
    }
  }
}
