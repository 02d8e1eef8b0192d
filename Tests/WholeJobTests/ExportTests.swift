import DataFrames
internal import DeepLearning
import DurableFiles
import Exports
import Foundation
import JobFiles
import Jobs
import Models
import TestSupport
import Testing

/// Exports, scored by our own readers of both formats.
///
/// Tests/Support/exports/prove.py compares them with H2O and onnxruntime.
@Suite("Exports")
struct ExportTests {
  private static let golden = "\(Project.root)/Tests/Support/golden"

  /// Jobs on the golden table, each with a feature that the formats express in different ways.
  static let jobs = [
    "response_column: y2",
    "response_column: y3\nactivation: MaxoutWithDropout",
    "response_column: y2\nbalance_classes: true\nuse_all_factor_levels: false",
    "response_column: yr\nactivation: TanhWithDropout\nstandardize: false",
    "response_column: yc\ndistribution: poisson\nactivation: ExpRectifier",
    "response_column: yr\nsparse: true\nhidden: []",
    "response_column: y2\nmax_categorical_features: 5",
    "response_column: y2\nmax_categorical_features: 5\nuse_all_factor_levels: false\ncompatibility: h2o-3.46\n"
      + "variable_importances: false",
    "response_column: y2\ncategorical_encoding: Binary",
    "response_column: y2\ncategorical_encoding: Eigen",
    "response_column: y2\ncategorical_encoding: LabelEncoder",
    "response_column: y2\ncategorical_encoding: SortByResponse",
    "response_column: yr\ncompatibility: h2o-3.46",
    "autoencoder: true\nactivation: Tanh",
  ]

  private func run(_ job: String, _ work: TemporaryFolder) async throws -> String {
    let text = "training_frame: train.csv\nhidden: [6]\nepochs: 3\nseed: 5\nexports: [mojo, onnx]\n\(job)\n"
    let lines = text.split(separator: "\n").reversed().reduce(into: [String: Substring]()) { lines, line in
      let key = String(line.prefix { $0 != ":" })
      if lines[key] == nil { lines[key] = line }
    }
    return try await Project.run(
      Array(lines.values.joined(separator: "\n").utf8), frames: Self.golden, work: work.path)
  }

  @Test("both formats predict as the model does, and a MOJO can be read back", arguments: jobs)
  func exports(_ job: String) async throws {
    let work = TemporaryFolder()
    let result = try await run(job, work)
    let exports = try Project.metrics(result, "exports")
    for (format, limit) in [("mojo", 2e-6), ("onnx", 1e-5)] {
      let proof = try require(exports[format] as? [String: Any], format)
      #expect(try require(proof["largest_difference"] as? Double, "\(proof)") <= limit)
      #expect(proof["rows_compared"] as? Int == 240)
    }
    let (model, rows) = try Project.encoded(result, "\(Self.golden)/test.csv")
    let stored = try StoredModel.read("\(result)/model.mojo.zip", fileSystem: FileSystem()).model
    let table = try FrameReader.read("\(Self.golden)/test.csv", options: ReadOptions())
    let own = ModelScorer(threads: 1).predict(model, rows)
    let read = ModelScorer(threads: 1).predict(stored, try stored.encode(table).rows)
    #expect(own.count == read.count)
    for (one, other) in zip(own, read) { #expect(abs(one - other) <= 3e-6 * max(1, abs(one))) }
    #expect(try ModelExport(model, format: .mojo, identifier: 1, producerVersion: "", table: nil).proof == nil)
  }

  @Test(
    "ONNX expresses what MOJO refuses, with the reason",
    arguments: [
      ("response_column: y3\nactivation: SELU", "H2O does not have the activation SELU"),
      ("response_column: yr\nactivation: MishWithDropout", "H2O does not have the activation Mish"),
      ("response_column: y2\nnumeric_transform: RobustClip", "it cannot store numeric_transform: RobustClip"),
      (
        "response_column: yr\ncategorical_encoding: LabelEncoder\nnumeric_transform: RobustClip\nmissing_indicators: true",
        "it cannot store numeric_transform: RobustClip"
      ),
    ])
  func onlyONNX(_ job: String, _ reason: String) async throws {
    let work = TemporaryFolder()
    let result = try await run("\(job)\nexports: [onnx]", work)
    let exports = try Project.metrics(result, "exports")
    let proof = try require(exports["onnx"] as? [String: Any], "onnx")
    #expect(try require(proof["largest_difference"] as? Double, "\(proof)") <= 1e-5)
    let model = try Project.model(result)
    let error = try #require(throws: ExportError.self) { try MOJOWriter(model, identifier: 1) }
    #expect(error.description.contains(reason), "\(error)")
  }

  @Test("rounding is measured relative to the range of the predictions, or the larger spread of the response")
  func scale() async throws {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    let result = try await timesAndLevels(data, work)
    let model = try Project.model(result)
    // 20 values at distances of 40: the standard deviation is 230.
    #expect(abs(PredictionScale(model, predictions: [1_000_300, 1_000_310]).size - 231) < 5)
    #expect(PredictionScale(model, predictions: [1_000_000, .nan, 1_000_700]).size == 700)
    let again = TemporaryFolder()
    let classes = try await run("response_column: y2", again)
    #expect(PredictionScale(try Project.model(classes), predictions: [0.2, 0.21]).size == 1)
    let exports = try Project.metrics(result, "exports")
    for format in ["mojo", "onnx"] {
      let proof = try require(exports[format] as? [String: Any], format)
      #expect(try require(proof["largest_difference"] as? Double, format) < 1e-5)
    }
  }

  /// Times, levels of two words, and numbers far from zero.
  private func timesAndLevels(_ data: TemporaryFolder, _ work: TemporaryFolder) async throws -> String {
    let rows = (0..<80).map { row in
      "2026-01-\(10 + row % 20) 07:\(10 + row % 50):00, \(["Never married", "Widowed", "?"][row % 3]),"
        + "\(1e6 + Double(row % 20) * 40)\n"
    }
    try FileSystem().write(("t,c,y\n" + rows.joined()).utf8, to: "\(data.path)/t.csv")
    let job = "training_frame: t.csv\nresponse_column: y\nhidden: [6]\nepochs: 30\nseed: 1\nexports: [mojo, onnx]\n"
    return try await Project.run(Array(job.utf8), frames: data.path, work: work.path)
  }

  @Test("a MOJO of a model with times predicts dates as the model does")
  func times() async throws {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    let result = try await timesAndLevels(data, work)
    var texts: [[Double]] = []
    for model in [result, "\(result)/model.mojo.zip"] {
      let job = "kind: predict\nmodel: \(model)\nframe: t.csv\n"
      let again = TemporaryFolder()
      let predicted = try await Project.run(Array(job.utf8), frames: data.path, work: again.path)
      texts.append(
        try Project.text(predicted, "predictions.csv").split(separator: "\n").dropFirst().compactMap { Double($0) })
    }
    #expect(texts[0].count == 80 && Set(texts[0]).count > 15)
    for (own, other) in zip(texts[0], texts[1]) { #expect(abs(own - other) < 1e-2) }
  }

  @Test("an ONNX graph accepts levels with the blanks that readers leave around them")
  func blanks() async throws {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    let result = try await timesAndLevels(data, work)
    let graph = try ONNXGraph(bytes: FileSystem().read("\(result)/model.onnx", limit: 1 << 24))
    func predictions(_ levels: [String]) throws -> [Double] {
      let inputs: [String: ONNXEvaluator.Value] = [
        "c": .texts(levels), "t": .numbers(rows: levels.count, columns: 1, levels.map { _ in 1.7684e12 }),
      ]
      guard case .numbers(_, _, let values) = try ONNXEvaluator(graph).outputs(inputs)["predict"] else { return [] }
      return values
    }
    let values = try predictions([
      "Never married", " Never married", "Never married    ", "  Never married ", "Widowed", "",
    ])
    #expect(Set(values.prefix(4)).count == 1 && Set(values).count == 3)
    #expect(graph.metadata.contains { $0.0 == "times" && $0.1.hasSuffix(": t") })
  }

  @Test("features that a format cannot express are refused, and the model is kept")
  func refused() async throws {
    let work = TemporaryFolder()
    let result = try await run("response_column: yr\noffset_column: o", work)
    let exports = try Project.metrics(result, "exports")
    let mojo = try require(exports["mojo"] as? [String: Any], "mojo")
    #expect(try require(mojo["refused"] as? String, "refused").contains("offset_column 'o'"))
    #expect(!FileSystem().exists("\(result)/model.mojo.zip"))
    #expect(FileSystem().exists("\(result)/model.onnx"))
  }
}
