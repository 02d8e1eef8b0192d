internal import DataFrames
internal import DeepLearning
package import Models

/// Predictions as a table with H2O's column names (h2o-behaviour.md#predictions).
package enum PredictionTable {
  /// - `outputs`: Row-major [rows x outputs] from ``ModelScorer``.
  /// - `labels`: The class of each row; nil to let the model decide.
  package static func csv(_ model: Model, outputs: [Double], labels: [Int]? = nil) -> CSVText {
    if model.objective.reconstructed != nil { return reconstruction(model, outputs: outputs) }
    guard let classes = model.classes else {
      var csv = CSVText(header: ["predict"])
      for value in outputs { csv.append([.number(value)]) }
      return csv
    }
    var csv = CSVText(header: ["predict"] + classes.map(columnName))
    for start in stride(from: 0, to: outputs.count, by: classes.count) {
      let row = outputs[start..<start + classes.count]
      let label = labels?[start / classes.count] ?? model.label(row)
      csv.append([.text(classes[label])] + row.map(CSVText.Cell.number))
    }
    return csv
  }

  /// Returns the reconstruction of an autoencoder, with numbers in their own units.
  private static func reconstruction(_ model: Model, outputs: [Double]) -> CSVText {
    var csv = CSVText(header: model.encoding.inputNames.map { "reconstr_\($0)" })
    let units = model.topology.outputs
    let first = model.encoding.categoricalInputs
    for start in stride(from: 0, to: outputs.count, by: units) {
      csv.append(
        (0..<units).map { unit in
          let output = outputs[start + unit]
          guard unit >= first else { return .number(output) }
          let column = model.encoding.numerics[unit - first]
          return .number(output / column.multiply + column.subtract)
        })
    }
    return csv
  }

  /// Returns the reconstruction error of each row.
  package static func anomaly(_ errors: [Double]) -> CSVText {
    var csv = CSVText(header: ["Reconstruction.MSE"])
    for error in errors { csv.append([.number(error)]) }
    return csv
  }

  /// Returns the reconstruction error of each input of each row.
  package static func anomalyPerFeature(_ model: Model, _ errors: [[Double]]) -> CSVText {
    var csv = CSVText(header: model.encoding.inputNames.map { "reconstr_\($0).SE" })
    for row in errors { csv.append(row.map(CSVText.Cell.number)) }
    return csv
  }

  /// Returns the outputs of hidden layer `layer` (0 is the first), row-major [rows x units].
  package static func deepFeatures(_ model: Model, layer: Int, outputs: [Double]) -> CSVText {
    let units = model.topology.hidden[layer]
    var csv = CSVText(header: (1...units).map { "DF.L\(layer + 1).C\($0)" })
    for start in stride(from: 0, to: outputs.count, by: units) {
      csv.append(outputs[start..<start + units].map(CSVText.Cell.number))
    }
    return csv
  }

  /// Returns the level, with the prefix "p" if it is a whole number.
  private static func columnName(_ level: String) -> String { Int32(level) == nil ? level : "p\(level)" }
}
