/// Metrics of a model that reconstructs its inputs (h2o-behaviour.md#autoencoder-metrics).
package struct AutoencoderMetrics: Sendable, Equatable {
  package let rowCount: Int
  /// The mean over rows of the mean squared difference over all inputs, in scaled units.
  package let meanSquaredError: Double

  package var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }

  package init(rowErrors: [Double]) {
    rowCount = rowErrors.count
    meanSquaredError = rowErrors.reduce(0, +) / Double(rowErrors.count)
  }
}
