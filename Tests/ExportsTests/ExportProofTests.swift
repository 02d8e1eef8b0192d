import DeepLearning
import Exports
import Models
import TestSupport
import Testing

/// Exports of untrained fixture models: fast, with independently known predictions.
@Suite("Exports of fixture models")
struct ExportProofTests {
  @Test("MOJO and ONNX give the predictions of the model", arguments: FixtureModel.names, [ExportFormat.mojo, .onnx])
  func proof(_ name: String, _ format: ExportFormat) throws {
    let export = try ModelExport(
      FixtureModel(name).model, format: format, identifier: 1, producerVersion: "1", table: FixtureModel.table)
    let proof = try #require(export.proof)
    #expect(proof.rowCount == 6)
    // Both formats store weights in single precision, as the model does; sums have at most ten terms.
    #expect(proof.largestDifference < 1e-6)
  }

  @Test("ONNX has every network of an ensemble, MOJO refuses it", arguments: ["maxout", "multi", "reg"])
  func ensemble(_ name: String) throws {
    let model = try FixtureModel(name).model
    var other = model
    for index in other.state.layers[0].weights.indices { other.state.layers[0].weights[index] *= -0.5 }
    let rule = UpdateRule.momentum(
      RateSchedule(start: 0, annealing: 0, decayPerLayer: 1),
      MomentumSchedule(start: 0, stable: 0, ramp: 1, isNesterov: false))
    let parts = [(model, 0.5), (other, 0.3), (model, 0.2)].enumerated().map { index, part in
      (file: ModelFile(name: "m\(index)", model: part.0, rule: rule, samples: 1), share: part.1)
    }
    let mean = Model.mean(of: parts)
    let export = try ModelExport(
      mean, format: .onnx, identifier: 1, producerVersion: "1", table: FixtureModel.table)
    #expect(try #require(export.proof).largestDifference < 1e-6)
    let refusal = #expect(throws: ExportError.self) {
      try ModelExport(mean, format: .mojo, identifier: 1, producerVersion: "1", table: nil)
    }
    #expect(refusal.map { "\($0)".contains("averages 3 networks") } == true)
  }

  @Test(
    "reading and rewriting a MOJO keeps weights, threshold and classes",
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

  @Test("a truncated MOJO is refused, or read completely", arguments: FixtureModel.names)
  func damaged(_ name: String) throws {
    let whole = try FixtureModel(name).model
    let bytes = try ModelExport(whole, format: .mojo, identifier: 7, producerVersion: "1", table: nil).bytes
    for length in stride(from: 0, to: bytes.count - 1, by: 7) {
      // The archive's directory repeats earlier content, so an archive cut within it is still complete.
      let cut = Result { () throws(ExportError) -> Model in try MOJOReader.model(Array(bytes.prefix(length))) }
      if case .success(let model) = cut { #expect(model == whole) }
    }
    #expect(throws: ExportError.tooLarge(limitBytes: 100)) { try MOJOReader.model(bytes, maximumBytes: 100) }
  }

  @Test("the prediction scale is 1 for classes and the deviation of a numeric response")
  func scale() throws {
    #expect(PredictionScale(try FixtureModel("multi").model, predictions: [0.2, 0.3]).size == 1)
    // The response was divided by a deviation of 4.
    #expect(PredictionScale(try FixtureModel("reg").model, predictions: [10, 10.5]).size == 4)
    #expect(PredictionScale(try FixtureModel("reg").model, predictions: [0, 40]).size == 40)
    #expect(PredictionScale(try FixtureModel("ae").model, predictions: [0.25]).size == 0.25)
  }
}
