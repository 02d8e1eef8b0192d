package import DataFrames
internal import Exports
internal import Foundation
package import Models

/// A small model with invented weights and the predictions of an independent program; no training is needed.
///
/// `Tests/Support/parity/write_mojos.py` writes the files.
package struct FixtureModel: Sendable {
  /// An autoencoder; Maxout with corrected probabilities of two classes; three classes with a
  /// categorical column; a regression with dropout.
  package static let names = ["ae", "maxout", "multi", "reg"]

  package let model: Model
  /// The predictions for ``table`` as CSV with header.
  package let predictions: String

  package init(_ name: String) throws {
    let folder = "\(Repository.support)/parity/mojo"
    model = try MOJOReader.model(Array(Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).zip"))))
    predictions = try String(contentsOfFile: "\(folder)/\(name).predictions.csv", encoding: .utf8)
  }

  /// The rows of `rows.csv`: known, missing and unknown levels, and missing numbers.
  package static var table: Frame {
    var noLevel = RowSet()
    noLevel.insert(4)
    var (noFirst, noSecond) = (RowSet(), RowSet())
    noFirst.insert(3)
    noSecond.insert(4)
    return Frame(
      path: "rows.csv",
      columns: [
        Column(
          name: "c", values: .categorical([0, 1, 2, 0, 0, 3], levels: ["a", "b", "c", "other"]), missing: noLevel),
        Column(name: "x1", values: .doubles([0, 1, 2.5, 0, -3, 7]), missing: noFirst),
        Column(name: "x2", values: .doubles([0, -1, 0.25, 1, 0, -2]), missing: noSecond),
      ])
  }

  /// Returns the model's outputs for ``table``, row-major.
  package func outputs() throws -> [Double] {
    ModelScorer(threads: 1).predict(model, try model.encode(Self.table, isForPrediction: true).rows)
  }
}
