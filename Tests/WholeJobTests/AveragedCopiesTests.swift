import DurableFiles
import Foundation
import TestSupport
import Testing

/// What the mean of several copies of a network covers.
@Suite("Averaged copies")
struct AveragedCopiesTests {
  private let folder = TemporaryFolder()

  /// Trains on a table of 60 rows, repeated, in the order of the file; returns weights and biases.
  ///
  /// Each of two copies of a table that holds every row twice trains on the same rows as one copy does on the rows once.
  private func weights(_ settings: String, copies: Int) async throws -> [String: String] {
    let rows = (0..<60).map { row in
      let (a, b) = (Double(row % 7) / 7, Double(row % 11) / 11)
      return "\(a),\(b),\(a * a < b ? "in" : "out")\n"
    }.joined()
    let (work, table) = ("\(folder.path)/\(UUID().uuidString)", "\(copies).csv")
    try FileSystem().write(
      ("a,b,y\n" + String(repeating: rows, count: copies)).utf8, to: "\(folder.path)/\(table)")
    let result = try await Project.run(
      Array(
        """
        training_frame: \(table)
        response_column: y
        hidden: [6]
        seed: 4
        epochs: 8
        reproducible: true
        shuffle_training_data: false
        standardize: false
        overwrite_with_best_model: false
        train_samples_per_iteration: 0
        export_weights_and_biases: true
        training_shards: \(copies)
        \(settings)

        """.utf8), frames: folder.path, work: work)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(result)/weights")
    return Dictionary(
      uniqueKeysWithValues: try names.map { ($0, try Project.text(result, "weights/\($0)")) })
  }

  // A learning rate that falls with the rows would differ: the second copy continues behind the rows of the first.
  @Test(
    "copies that train on the same rows end like one copy, with moments, steps, input scales and consensus",
    arguments: [
      "", "mini_batch_size: 8\n",
      "adaptive_rate: false\nrate_annealing: 0\nmomentum_start: 0.5\nmomentum_stable: 0.5\n",
      "mini_batch_size: 8\noptimizer: Adam\nrate_annealing: 0\n", "optimizer: Adam\nrate_annealing: 0\n",
      "mini_batch_size: 8\noptimizer: Adam\nrate_annealing: 0\ninput_scaling: true\n",
      "elastic_averaging: true\n", "elastic_averaging: true\nelastic_averaging_moving_rate: 0.3\nmini_batch_size: 8\n",
      "elastic_averaging: true\noptimizer: Adam\nrate_annealing: 0\n",
    ])
  func sameRows(_ settings: String) async throws {
    let one = try await weights(settings, copies: 1)
    #expect(!one.isEmpty)
    #expect(try await weights(settings, copies: 2) == one)
  }

  @Test("each setting of elastic averaging changes what several copies learn")
  func elasticity() async throws {
    var models: Set<String> = []
    for settings in [
      "", "elastic_averaging: true\n", "elastic_averaging: true\nelastic_averaging_moving_rate: 0.3\n",
      "elastic_averaging: true\nelastic_averaging_regularization: 0.1\n",
    ] {
      let work = TemporaryFolder()
      let result = try await RankedRun.run(
        "training_frame: iris.csv\nresponse_column: Species\nhidden: [5]\nseed: 1\nepochs: 6\nreproducible: true\n"
          + "train_samples_per_iteration: 50\n" + settings, ThreadRanks(count: 2), work)
      models.insert(try FileSystem().read("\(result)/model/model.deepspool", limit: 1 << 24).description)
    }
    #expect(models.count == 4)
  }
}
