import DataFrames
import DeepLearning
import DurableFiles
import Foundation
import JobFiles
import Jobs
import Models
import Synchronization
import TestSupport
import Testing
import Training

@Suite("class_weight in training")
struct ClassWeightJobTests {
  /// A table with classes a, b and c.
  ///
  /// Column v is 2 in every fifth row, otherwise 1; column w is v times 2, 0.5 or 1 for the class.
  private static let table: String = {
    let rows = (0..<200).map { row -> String in
      let number = number(ofRow: row)
      let factor = [2, 0.5, 1][number]
      let own = row % 5 == 0 ? 2.0 : 1
      return
        "\(Double(row * 37 % 101) / 50),\(row % 7 + row % 3),\(["a", "b", "c"][number]),\(factor),\(own),\(own * factor)"
    }
    return (["x,z,y,w,v,both"] + rows).joined(separator: "\n") + "\n"
  }()

  private static func number(ofRow row: Int) -> Int { row % 7 < 4 ? 0 : row % 7 < 6 ? 1 : 2 }

  private func run(_ settings: String, _ folder: TemporaryFolder) async throws -> String {
    try FileSystem().write(Self.table.utf8, to: "\(folder.path)/t.csv")
    let text = """
      training_frame: t.csv
      response_column: y
      ignored_columns: [w, v, both]
      hidden: [5]
      epochs: 4
      seed: 2
      standardize: false
      reproducible: true
      overwrite_with_best_model: false
      \(settings)
      """
    return try await Project.run(Array(text.utf8), frames: folder.path, work: "\(folder.path)/work")
  }

  @Test(
    "the network equals that of a weights_column with the same numbers, and the metrics are unweighted",
    arguments: [
      "", "mini_batch_size: 8\n", "training_shards: 2\n", "loss: Quadratic\n",
      "adaptive_rate: false\nrate: 0.01\nactivation: MaxoutWithDropout\n", "nfolds: 2\n",
      "missing_values_handling: Skip\n",
    ])
  func sameAsWeights(_ settings: String) async throws {
    let folders = (0..<3).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let classes = try await run("\(settings)class_weight: {a: 2, b: 0.5}\n", folders[0])
    let rows = try await run("\(settings)weights_column: w\n", folders[1])
    let plain = try await run(settings, folders[2])
    func network(_ result: String) throws -> [[Float]] { try Project.model(result).state.layers.map(\.weights) }
    #expect(try network(classes) == network(rows))
    #expect(try network(classes) != network(plain))

    let (model, encoded) = try Project.encoded(classes, "\(folders[0].path)/t.csv")
    let outputs = ModelScorer(threads: 1).predict(model, encoded)
    let loss =
      (0..<200).reduce(0.0) { $0 - log(outputs[$1 * 3 + Self.number(ofRow: $1)]) } / 200
    let metrics = try [classes, rows].map { try #require(Project.metrics($0)["logloss"] as? Double) }
    #expect(abs(metrics[0] - loss) < 1e-9)
    #expect(abs(metrics[1] - loss) > 1e-3)
  }

  @Test("a weights_column multiplies the class weights")
  func product() async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let product = try await run("weights_column: v\nclass_weight: {a: 2, b: 0.5}\n", folders[0])
    let single = try await run("weights_column: both\n", folders[1])
    #expect(try Project.model(product).state == Project.model(single).state)
  }

  @Test("plan.yaml has the weights computed by balanced")
  func plan() async throws {
    let folder = TemporaryFolder()
    let result = try await run("class_weight: balanced\n", folder)
    // The classes have 116, 56 and 28 of 200 rows.
    let weights = [116.0, 56, 28].map { 200 / (3 * $0) }
    #expect(
      try Project.text(result, "plan.yaml")
        .contains("class_weight: {a: \(weights[0]), b: \(weights[1]), c: \(weights[2])}  # chosen"))
  }
}
