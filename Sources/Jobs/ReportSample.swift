internal import DataFrames
internal import DeepLearning
internal import Metrics
internal import Models
internal import Reports

/// The errors of a model on rows of a table, for the charts and tables of its result.
enum ReportSample {
  /// Returns the errors on at most ``SampledRows/maximumRows`` rows; nil for a classifier, whose metrics say all.
  static func of(_ model: Model, on frame: Frame, part: MeasuredPart) throws -> SampledRows? {
    guard model.classes == nil else { return nil }
    let rows = try model.encode(frame.sample(atMost: SampledRows.maximumRows)).rows
    let scorer = ModelScorer(threads: 1)
    guard model.objective.reconstructed == nil else {
      return SampledRows(part, .reconstruction(scorer.reconstructionErrors(model, rows)))
    }
    let table = ScoringTable(rows, selection: Array(0..<rows.rowCount))
    return SampledRows(part, .residuals([scorer.score(model, table)]))
  }
}
