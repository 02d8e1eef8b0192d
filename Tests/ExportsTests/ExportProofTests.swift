import Exports
import Models
import TestSupport
import Testing

/// Exports of models that were not trained: fast, and the predictions are known from elsewhere.
@Suite("Exports of made-up models")
struct ExportProofTests {
  @Test("MOJO and ONNX predict what the model predicts", arguments: FixtureModel.names, [ExportFormat.mojo, .onnx])
  func proof(_ name: String, _ format: ExportFormat) throws {
    let export = try ModelExport(
      FixtureModel(name).model, format: format, identifier: 1, producerVersion: "1", table: FixtureModel.table)
    let proof = try #require(export.proof)
    #expect(proof.rowCount == 6)
    // Both formats hold weights in single precision, as the model does; sums are of ten numbers at most.
    #expect(proof.largestDifference < 1e-6)
  }

  @Test(
    "a MOJO that was read is written again with the same weights, threshold and classes",
    arguments: FixtureModel.names)
  func again(_ name: String) throws {
    let model = try FixtureModel(name).model
    let bytes = try ModelExport(model, format: .mojo, identifier: 1, producerVersion: "", table: nil).bytes
    let read = try MOJOReader.model(bytes)
    #expect(read.topology == model.topology && read.classes == model.classes)
    #expect(read.defaultThreshold == model.defaultThreshold && read.classCorrection == model.classCorrection)
    #expect(read.state == model.state)
  }

  @Test("the same model gives the same bytes", arguments: FixtureModel.names, [ExportFormat.mojo, .onnx])
  func deterministic(_ name: String, _ format: ExportFormat) throws {
    let model = try FixtureModel(name).model
    let bytes = try (0..<2).map { _ in
      try ModelExport(model, format: format, identifier: 7, producerVersion: "1", table: nil).bytes
    }
    #expect(bytes[0] == bytes[1])
  }

  @Test("a MOJO that was cut short is refused, or read as a whole one", arguments: FixtureModel.names)
  func damaged(_ name: String) throws {
    let whole = try FixtureModel(name).model
    let bytes = try ModelExport(whole, format: .mojo, identifier: 7, producerVersion: "1", table: nil).bytes
    for length in stride(from: 0, to: bytes.count - 1, by: 7) {
      // Cut within its directory, which repeats what stands before, the archive is still whole.
      let cut = Result { () throws(ExportError) -> Model in try MOJOReader.model(Array(bytes.prefix(length))) }
      if case .success(let model) = cut { #expect(model == whole) }
    }
    #expect(throws: ExportError.tooLarge(limitBytes: 100)) { try MOJOReader.model(bytes, maximumBytes: 100) }
  }

  @Test("the scale of rounding: 1 for classes, the deviation of the response for numbers")
  func scale() throws {
    #expect(PredictionScale(try FixtureModel("multi").model, predictions: [0.2, 0.3]).size == 1)
    // The response was divided by a deviation of 4.
    #expect(PredictionScale(try FixtureModel("reg").model, predictions: [10, 10.5]).size == 4)
    #expect(PredictionScale(try FixtureModel("reg").model, predictions: [0, 40]).size == 40)
    #expect(PredictionScale(try FixtureModel("ae").model, predictions: [0.25]).size == 0.25)
  }
}
