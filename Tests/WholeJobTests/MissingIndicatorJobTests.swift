import DataFrames
import DeepLearning
import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Models
import Synchronization
import TestSupport
import Testing
import Training

@Suite("missing_indicators in jobs")
struct MissingIndicatorJobTests {
  private static let golden = "\(Project.root)/Tests/Support/golden"

  /// The class depends only on whether x is missing; the numbers are noise.
  private static let table: String = {
    let rows = (0..<300).map { row in
      "\(row % 3 == 0 ? "" : "\(Double(row * 7919 % 211) / 50)"),\(row * 31 % 17),\(row % 3 == 0 ? "gone" : "there")"
    }
    return (["x,z,y"] + rows).joined(separator: "\n") + "\n"
  }()

  private func run(
    _ settings: String, _ folder: TemporaryFolder, told: ToldSentences = ToldSentences()
  ) async throws -> String {
    try FileSystem().write(Self.table.utf8, to: "\(folder.path)/t.csv")
    let text = "training_frame: t.csv\nresponse_column: y\nseed: 1\nreproducible: true\n\(settings)"
    return try await Project.run(
      Array(text.utf8), frames: folder.path, work: "\(folder.path)/work", onEvent: told.hear)
  }

  @Test("information in missing values alone is learnt, and used by predict and importances")
  func learnt() async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let settings = "hidden: []\nepochs: 60\n"
    let with = try await run("\(settings)missing_indicators: true\n", folders[0])
    let without = try await run(settings, folders[1])
    let areas = try [with, without].map { try #require(Project.metrics($0)["AUC"] as? Double) }
    #expect(areas[0] == 1 && areas[1] < 0.7, "\(areas)")
    try FileSystem().write("x,z\n,3\n2.5,3\n".utf8, to: "\(folders[0].path)/new.csv")
    let labels = try Project.predict(with, "\(folders[0].path)/new.csv").split(separator: "\n").map {
      $0.prefix { $0 != "," }
    }
    #expect(labels == ["predict", "gone", "there"])
    let importances = try Project.text(with, "variable_importances.csv").split(separator: "\n")
    #expect(importances.count == 4 && importances[1].hasPrefix("x.missing,"), "\(importances)")
  }

  @Test("2 + 1 epochs give the bytes of 3, and a checkpoint without the key is refused")
  func continued() async throws {
    let folders = (0..<4).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    // Without classification_stop: -1 the second epoch would be the last, because it makes no error.
    let settings = "hidden: [4]\nmissing_indicators: true\nclassification_stop: -1\n"
    let whole = try await run("\(settings)epochs: 3\n", folders[0])
    let first = try await run("\(settings)epochs: 2\n", folders[1])
    let both = try await run("\(settings)epochs: 3\ncheckpoint: \(first)\n", folders[2])
    #expect(try Project.model(whole) == Project.model(both))
    let failure = await #expect(throws: JobFailure.self) {
      try await run("hidden: [4]\nclassification_stop: -1\nepochs: 3\ncheckpoint: \(first)\n", folders[3])
    }
    #expect(failure?.description.contains("missing_indicators cannot change") == true)
  }

  @Test("without missing values, and under Skip, a warning says that the key has no effect")
  func inactive() async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let told = ToldSentences()
    let settings = "hidden: [3]\nepochs: 1\nmissing_indicators: true\n"
    let none = try await run("\(settings)skipped_columns: [x]\n", folders[0], told: told)
    #expect(
      told.aboutTheJob == [
        "missing_indicators has no effect: no numeric predictor has a missing value in a training row"
      ])
    #expect(try Project.model(none).encoding.inputNames == ["z"])
    let response = "response_column: z\n"
    try FileSystem().write(Self.table.utf8, to: "\(folders[1].path)/t.csv")
    let text = "training_frame: t.csv\n\(response)ignored_columns: [y]\n\(settings)missing_values_handling: Skip\n"
    let skipping = ToldSentences()
    let skipped = try await Project.run(
      Array(text.utf8), frames: folders[1].path, work: "\(folders[1].path)/work", onEvent: skipping.hear)
    #expect(
      skipping.all.contains { $0.hasPrefix("missing_indicators has no effect: missing_values_handling is Skip") })
    #expect(try Project.model(skipped).encoding.inputNames == ["x"])
  }

  private func golden(_ settings: String, _ work: TemporaryFolder) async throws -> String {
    let text =
      "training_frame: train.csv\nhidden: [6]\nepochs: 3\nseed: 5\nmissing_indicators: true\nexports: [mojo, onnx]\n"
      + settings
    return try await Project.run(Array(text.utf8), frames: Self.golden, work: work.path)
  }

  @Test(
    "ONNX supports them",
    arguments: [
      "response_column: y2\n", "response_column: yr\nsparse: true\nactivation: Maxout\n",
      "response_column: y2\nmax_categorical_features: 5\n", "autoencoder: true\nactivation: Tanh\n",
      "response_column: yr\ncategorical_encoding: Binary\n",
    ])
  func onnx(_ settings: String) async throws {
    let work = TemporaryFolder()
    let result = try await golden(settings, work)
    #expect(try Project.model(result).encoding.inputNames.contains("n2.missing"))
    let exports = try Project.metrics(result, "exports")
    let onnx = try #require(exports["onnx"] as? [String: Any])
    #expect(try #require(onnx["largest_difference"] as? Double) <= 1e-5)
    let mojo = try #require(exports["mojo"] as? [String: Any])
    #expect(try #require(mojo["refused"] as? String).contains("missing_indicators, such as the input 'n2.missing'"))
  }

  @Test("missing values of levels encoded as numbers have their own level in both formats")
  func folded() async throws {
    let work = TemporaryFolder()
    let result = try await golden(
      "response_column: y2\ncategorical_encoding: LabelEncoder\nignored_columns: [n2]\n", work)
    #expect(try Project.model(result).encoding.inputNames.contains("c1.missing"))
    let exports = try Project.metrics(result, "exports")
    for format in ["onnx", "mojo"] {
      let proof = try #require(exports[format] as? [String: Any])
      #expect(try #require(proof["largest_difference"] as? Double) <= 1e-5)
    }
  }

  @Test("an autoencoder reproduces the indicators, and folds have them")
  func others() async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let autoencoder = try await golden("autoencoder: true\nactivation: Tanh\n", folders[0])
    let header = try Project.predict(autoencoder, "\(Self.golden)/test.csv").split(separator: "\n")[0]
    #expect(header.contains("reconstr_n2.missing"))
    let folds = try await run("hidden: []\nepochs: 60\nnfolds: 3\nmissing_indicators: true\n", folders[1])
    #expect(try #require(Project.metrics(folds, "cross_validation")["AUC"] as? Double) > 0.99)
  }
}
