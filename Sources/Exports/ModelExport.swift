package import DataFrames
internal import DeepLearning
package import Models

/// A model in a foreign format, verified on rows of a table.
package struct ModelExport: Sendable {
  /// The maximum number of rows for verification.
  private static let provenRows = 1000
  /// The largest accepted difference, as a fraction of the range of the predictions.
  ///
  /// Sums in single precision differ by about 1e-7 of the largest summand if their order changes,
  /// and summands may be a hundred times as large as their sum.
  private static let tolerance = 1e-4

  package let format: ExportFormat
  package let bytes: [UInt8]
  /// The comparison of its predictions with those of the model; nil without a table.
  package let proof: Proof?

  /// The agreement of an export with its model.
  package struct Proof: Sendable, Equatable {
    package let rowCount: Int
    /// The largest difference as a fraction of ``PredictionScale``: absolute for probabilities,
    /// relative to their range for other numbers.
    package let largestDifference: Double
  }

  /// Returns the name of the export in a result folder.
  package static func fileName(_ format: ExportFormat) -> String {
    switch format {
    case .mojo: "model.mojo.zip"
    case .onnx: "model.onnx"
    }
  }

  /// Exports the model and verifies the export.
  ///
  /// - `identifier`: The identity of the model.
  /// - `table`: Rows that model and export score; large tables are sampled.
  /// - Throws: ``ExportError`` if the format cannot express the model, or if the predictions differ.
  package init(
    _ model: Model, format: ExportFormat, identifier: UInt64, producerVersion: String, table: Frame?
  ) throws {
    self.format = format
    switch format {
    case .mojo: bytes = try MOJOWriter(model, identifier: identifier).bytes()
    case .onnx:
      var writer = try ONNXWriter(model)
      bytes = writer.bytes(producerVersion: producerVersion)
    }
    let proof = try table.map { [bytes] in try Self.prove(bytes, format, of: model, on: $0) }
    self.proof = proof
    if let proof, !(proof.largestDifference <= Self.tolerance) {
      throw ExportError.inexpressible(
        format: format.rawValue.uppercased(),
        reason:
          "its predictions for \(proof.rowCount) rows differ from the model's by up to \(proof.largestDifference) of their "
          + "range (limit \(Self.tolerance)); this is a bug in deepspool")
    }
  }

  private static func prove(
    _ bytes: [UInt8], _ format: ExportFormat, of model: Model, on table: Frame
  ) throws -> Proof {
    let sample = table.sample(atMost: provenRows)
    let expected = try predictions(model, sample)
    let found: [Double] =
      switch format {
      case .mojo: try predictions(MOJOReader.model(bytes), sample)
      case .onnx: try onnxPredictions(ONNXGraph(bytes: bytes), model, sample)
      }
    guard expected.count == found.count else { return Proof(rowCount: sample.rowCount, largestDifference: .infinity) }
    let scale = PredictionScale(model, predictions: expected).size
    let differences = zip(expected, found).map { one, other in
      one == other || (one.isNaN && other.isNaN) ? 0 : abs(one - other) / scale
    }
    return Proof(
      rowCount: sample.rowCount,
      largestDifference: differences.reduce(0) { $1.isNaN ? .infinity : max($0, $1) })
  }

  private static func predictions(_ model: Model, _ table: Frame) throws -> [Double] {
    let scorer = ModelScorer(threads: 1)
    let rows = try model.encode(table, isForPrediction: true).rows
    guard model.objective.reconstructed == nil else { return scorer.reconstructionErrors(model, rows) }
    return scorer.predict(model, rows)
  }

  private static func onnxPredictions(_ graph: ONNXGraph, _ model: Model, _ table: Frame) throws -> [Double] {
    var inputs: [String: ONNXEvaluator.Value] = [:]
    for port in graph.inputs {
      let column = table.column(named: port.name)
      let rows = 0..<table.rowCount
      inputs[port.name] =
        port.type == .string
        ? .texts(rows.map { column?.text(at: $0) ?? "" })
        : .numbers(rows: rows.count, columns: 1, rows.map { column?.number(at: $0) ?? .nan })
    }
    let outputs = try ONNXEvaluator(graph).outputs(inputs)
    let name = model.objective.reconstructed != nil ? "anomaly" : model.classes == nil ? "predict" : "probabilities"
    guard case .numbers(_, _, let values) = outputs[name] else { return [] }
    return values
  }
}
