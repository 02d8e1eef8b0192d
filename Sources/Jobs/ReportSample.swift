internal import DataFrames
internal import DeepLearning
internal import Models
internal import Reports

/// The predictions of a model for a sample of rows, for the charts of its report.
enum ReportSample {
  /// The maximum number of points; more would hide each other.
  private static let rowLimit = 1000

  /// Returns the sample; nil for a classifier, whose charts need only its metrics.
  static func of(_ model: Model, on frame: Frame, table: String) throws -> ReportContent.Sample? {
    guard model.classes == nil else { return nil }
    let rows = try model.encode(frame.sample(atMost: rowLimit)).rows
    let scorer = ModelScorer(threads: 1)
    guard model.objective.reconstructed == nil else {
      return .reconstruction(table: table, errors: scorer.reconstructionErrors(model, rows))
    }
    let known = rows.targets.indices.filter { !rows.targets[$0].isNaN }
    let outputs = scorer.predict(model, rows)
    return .regression(
      table: table, predicted: known.map { outputs[$0] }, actual: known.map { model.actualValue(rows.targets[$0]) })
  }
}
