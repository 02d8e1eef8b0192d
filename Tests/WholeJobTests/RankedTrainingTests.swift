import DurableFiles
import Foundation
import JobEvents
import Jobs
import Synchronization
import TestSupport
import Testing
import Training

/// `training_shards` on several ranks, without MPI; `RankTests` start real processes.
@Suite("Training on several ranks")
struct RankedTrainingTests {
  /// Trains on ranks, one copy per rank unless the job says otherwise, and returns the result folder.
  private func run(_ text: String, ranks: Int, _ folder: TemporaryFolder) async throws -> String {
    try await RankedRun.run(text, ThreadRanks(count: ranks), folder)
  }

  private func bytes(_ result: String) throws -> [UInt8] {
    try FileSystem().read("\(result)/\(ResultFolderLayout.modelFile)", limit: 1 << 26)
  }

  private static let iris = """
    training_frame: iris.csv
    response_column: Species
    model_id: m
    hidden: [12, 8]
    seed: 3
    epochs: 40
    reproducible: true

    """

  @Test(
    "two, three and four ranks give the bytes of one process",
    arguments: [
      "", "activation: MaxoutWithDropout\n", "input_dropout_ratio: 0.2\nl1: 1e-4\nmax_w2: 3\n",
      "adaptive_rate: false\nrate_annealing: 1e-3\nmomentum_start: 0.5\nmomentum_stable: 0.9\nmomentum_ramp: 500\n",
      "nfolds: 3\n", "validation_fraction: 0.3\nstopping_rounds: 2\n", "shuffle_training_data: false\n",
      "max_categorical_features: 5\nignored_columns: [Sepal.Length]\n",
      "mini_batch_size: 16\n", "preset: tabular\n", "replicate_training_data: false\n",
      "replicate_training_data: false\nshuffle_training_data: false\ninput_dropout_ratio: 0.2\n",
      "replicate_training_data: false\nelastic_averaging: true\ntrain_samples_per_iteration: 50\n",
      "replicate_training_data: false\nscore_training_samples: 60\n",
      "replicate_training_data: false\nscore_training_samples: 60\nelastic_averaging: true\n",
      "replicate_training_data: false\nscore_training_samples: 60\nvalidation_fraction: 0.3\nstopping_rounds: 2\n"
        + "class_weight: {Iris-setosa: 3}\nactivation: MaxoutWithDropout\n",
      "replicate_training_data: false\npreset: tabular\ntrain_samples_per_iteration: 37\n",
      "mini_batch_size: 8\noptimizer: Adam\nhidden_dropout_ratios: [0.2, 0.1]\nactivation: RectifierWithDropout\n",
      "elastic_averaging: true\n",
      "elastic_averaging: true\nmini_batch_size: 8\noptimizer: Adam\ntrain_samples_per_iteration: 50\n",
    ])
  func identity(_ settings: String) async throws {
    let text = Self.iris + "training_shards: 4\n" + settings
    let folders = (0..<4).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let alone = try bytes(try await run(text, ranks: 1, folders[0]))
    for ranks in 2...4 {
      #expect(try bytes(try await run(text, ranks: ranks, folders[ranks - 1])) == alone, "\(ranks) ranks")
    }
  }

  @Test(
    "weights, offsets, autoencoders and grids train on ranks, too",
    arguments: [
      "training_frame: prostate.csv\nresponse_column: CAPSULE\ncolumn_types: {CAPSULE: enum}\nweights_column: AGE\n",
      "training_frame: prostate.csv\nresponse_column: VOL\noffset_column: PSA\n",
      "training_frame: iris.csv\nautoencoder: true\n",
      "training_frame: iris.csv\nresponse_column: Species\nsparse: true\n",
      "training_frame: iris.csv\nresponse_column: Species\nsparse: true\nreplicate_training_data: false\n",
      "training_frame: prostate.csv\nresponse_column: VOL\noffset_column: PSA\nweights_column: AGE\n"
        + "column_types: {RACE: enum}\nmissing_values_handling: Skip\nreplicate_training_data: false\n",
      "training_frame: iris.csv\nresponse_column: Species\ngrid:\n  hyper_params:\n    l2: [0, 0.01]\n",
    ])
  func rows(_ settings: String) async throws {
    let text = settings + "model_id: m\nhidden: [6]\nseed: 1\nepochs: 10\nreproducible: true\ntraining_shards: 3\n"
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let results = [try await run(text, ranks: 1, folders[0]), try await run(text, ranks: 3, folders[1])]
    #expect(try bytes(results[0]) == bytes(results[1]))
  }

  @Test("without training_shards each rank trains one copy")
  func defaultShards() async throws {
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    let ranked = try await run(Self.iris, ranks: 2, folders[0])
    let alone = try await run(Self.iris + "training_shards: 2\n", ranks: 1, folders[1])
    #expect(try bytes(ranked) == bytes(alone))
  }

  @Test(
    "with single_node_mode rank 0 trains alone, and says so",
    arguments: [
      "", "training_shards: 2\n", "nfolds: 3\n", "compatibility: h2o-3.46\n", "replicate_training_data: false\n",
      "grid:\n  hyper_params: {l2: [0, 0.01]}\n  parallelism: auto\n",
    ])
  func singleNode(_ settings: String) async throws {
    let (folders, ranks) = ((0..<2).map { _ in TemporaryFolder() }, ThreadRanks(count: 3))
    defer { withExtendedLifetime(folders) {} }
    let warnings = Mutex<[String]>([])
    let alone = try await run(Self.iris + settings, ranks: 1, folders[0])
    let ranked = try await RankedRun.run(Self.iris + settings + "single_node_mode: true\n", ranks, folders[1]) {
      event in
      if case .warning(let warning) = event { warnings.withLock { $0.append(warning) } }
    }
    #expect(try RankedRun.content(ranked) == RankedRun.content(alone))
    #expect(ranks.exchanges == 0)
    let found = warnings.withLock { $0 }.filter { $0.contains("single_node_mode") }
    #expect(found == ["single_node_mode: one process trains the job, not 3 ranks"], "\(found)")
  }

  @Test("a model with fewer copies than ranks is rejected with the reason")
  func idle() async throws {
    let folder = TemporaryFolder()
    let failure = await #expect(throws: JobFailure.self) {
      try await run(Self.iris + "compatibility: h2o-3.46\n", ranks: 2, folder)
    }
    #expect(failure?.cause == .job)
    #expect(failure?.description.contains("training_shards is 1 for this model, but each of the 2 ranks") == true)
  }

  /// The averages of a training on two ranks.
  private func averages(_ settings: String) async throws -> Int {
    let (folder, ranks) = (TemporaryFolder(), ThreadRanks(count: 2))
    let text = "training_frame: iris.csv\nresponse_column: Species\nseed: 3\n\(settings)"
    _ = try await RankedRun.run(text, ranks, folder)
    return ranks.exchanges
  }

  @Test(
    "copies are averaged after each iteration that train_samples_per_iteration sets, at the latest after an epoch",
    arguments: [("50", 12), ("75", 8), ("0", 4), ("-1", 4), ("1000", 4), ("-2", 4)])
  func iterations(_ rows: String, _ count: Int) async throws {
    let settings = "hidden: [5]\nepochs: 4\nreproducible: true\ntrain_samples_per_iteration: \(rows)\n"
    #expect(try await averages(settings) == count)
  }

  @Test("target_ratio_comm_to_comp adapts the rows between two averages to the cost of communication")
  func ratio() async throws {
    let settings = "hidden: [100, 100]\nepochs: 300\nscore_interval: 1000\ntarget_ratio_comm_to_comp: "
    let (rare, frequent) = (try await averages(settings + "0"), try await averages(settings + "1000"))
    // One round is at most an epoch.
    #expect(rare == 300)
    #expect(frequent > rare, "\(frequent)")
  }

  @Test("ranks receive no row order, and only the rows of their copies if rows are dealt")
  func traffic() async throws {
    func moved(_ settings: String, epochs: Int) async throws -> (broadcast: Int, exchanged: [Int]) {
      let (folder, ranks) = (TemporaryFolder(), ThreadRanks(count: 3))
      _ = try await RankedRun.run(
        "training_frame: iris.csv\nresponse_column: Species\nhidden: [2]\nseed: 3\nepochs: \(epochs)\n"
          + "reproducible: true\ntrain_samples_per_iteration: 0\n\(settings)", ranks, folder)
      return (ranks.broadcastBytes, ranks.givenBytes)
    }
    let few = try await moved("", epochs: 2)
    // An order has less than 100 bytes, the entries of an epoch would have 1,200.
    #expect(try await moved("", epochs: 12).broadcast - few.broadcast < 1000)
    let dealt = try await moved("replicate_training_data: false\n", epochs: 2)
    // Four numbers and a response per row: 24 bytes, for 50 of the 150 rows.
    #expect(few.broadcast - dealt.broadcast > 150 * 24 - 100)
    for rank in 1...2 {
      #expect((50 * 24..<50 * 24 + 400).contains(dealt.exchanged[rank] - few.exchanged[rank]), "\(dealt) \(few)")
    }
  }

  @Test("shuffle_training_data changes the model on several ranks; force_load_balance does not, for all share all rows")
  func rowKeys() async throws {
    let keys = ["", "shuffle_training_data: true\n", "shuffle_training_data: false\n", "force_load_balance: false\n"]
    var models: [[UInt8]] = []
    for key in keys {
      let folder = TemporaryFolder()
      models.append(try bytes(try await run(Self.iris + key, ranks: 2, folder)))
    }
    #expect(models[1] == models[0] && models[2] != models[0] && models[3] == models[0])
  }

  @Test("the keys of copies change the model on several ranks, each in its own way")
  func copyKeys() async throws {
    let elastic = "elastic_averaging: true\n"
    let keys = [
      "", "train_samples_per_iteration: 75\n", "replicate_training_data: false\n", elastic,
      elastic + "elastic_averaging_moving_rate: 0.3\n", elastic + "elastic_averaging_regularization: 0.1\n",
      "single_node_mode: true\n",
    ]
    var models: Set<[UInt8]> = []
    for key in keys {
      let folder = TemporaryFolder()
      models.insert(try bytes(try await run(Self.iris + key, ranks: 2, folder)))
    }
    #expect(models.count == keys.count)
  }

  @Test("elastic averaging exchanges a third of the numbers")
  func elasticTraffic() async throws {
    // Layers wide enough that their padding does not matter.
    let job = Self.iris.replacing("hidden: [12, 8]\nseed: 3\nepochs: 40", with: "hidden: [64, 64]\nseed: 3\nepochs: 4")
    func sent(_ settings: String) async throws -> Int {
      let (folder, ranks) = (TemporaryFolder(), ThreadRanks(count: 2))
      _ = try await RankedRun.run(job + settings, ranks, folder)
      return ranks.givenBytes[1]
    }
    let (mean, elastic) = (try await sent(""), try await sent("elastic_averaging: true\n"))
    #expect(mean > 100_000 && abs(mean - 3 * elastic) < mean / 20, "\(mean) \(elastic)")
  }

  @Test("metrics.json states the copies and the seconds of averaging, on ranks and in one process", arguments: [1, 2])
  func averagingSeconds(_ ranks: Int) async throws {
    struct Metrics: Decodable {
      struct Run: Decodable {
        let seconds: Double
        let copies: Int?
        let averagingSeconds: Double?
      }
      let trainingRun: Run
    }
    let folders = (0..<2).map { _ in TemporaryFolder() }
    defer { withExtendedLifetime(folders) {} }
    func metrics(_ settings: String, ranks: Int, _ folder: TemporaryFolder) async throws -> Metrics.Run {
      let result = try await run(Self.iris + settings, ranks: ranks, folder)
      let bytes = try FileSystem().read("\(result)/\(ResultFolderLayout.metricsFile)", limit: 1 << 20)
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Metrics.self, from: Data(bytes)).trainingRun
    }
    let several = try await metrics("training_shards: 2\n", ranks: ranks, folders[0])
    #expect(several.copies == 2)
    let seconds = try #require(several.averagingSeconds)
    #expect(seconds > 0 && seconds < several.seconds)
    let single = try await metrics("", ranks: 1, folders[1])
    #expect(single.copies == nil && single.averagingSeconds == nil)
  }
}
