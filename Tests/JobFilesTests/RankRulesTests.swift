import Documents
import JobFiles
import Testing

@Suite("Rules for several ranks")
struct RankRulesTests {
  private static let training = "training_frame: t.csv\nresponse_column: y\n"

  private func faults(_ text: String, ranks: Int) throws -> [String] {
    RankRules.faults(
      of: try JobFileReader.check(Array(text.utf8), file: "a.yaml").job, ranks: ranks, askedBy: "--ranks"
    ).map(\.description)
  }

  @Test(
    "keys that ranks do not obey are rejected at their place",
    arguments: [
      ("compatibility: h2o-3.46", "compatibility h2o-3.46 trains in one process"),
      ("autoencoder: true\nsparsity_beta: 0.1", "sparsity_beta supports one rank only"),
      ("unlocked_training: true", "unlocked_training cannot be combined"),
      ("training_shards: 2", "training_shards is 2, but each of the 3 ranks trains at least one copy"),
      ("reproducible: true\ntarget_ratio_comm_to_comp: 0.1", "target_ratio_comm_to_comp has no effect with"),
    ])
  func refused(_ key: String, _ message: String) throws {
    let found = try faults(Self.training + key, ranks: 3)
    #expect(found.count == 1 && found.first?.contains(message) == true, "\(found)")
    #expect(
      found.first?.contains("a.yaml:\(Self.training.count(where: \.isNewline) + 1 + (key.contains("\n") ? 1 : 0))")
        == true)
    #expect(try faults(Self.training + key, ranks: 1).isEmpty)
  }

  @Test("other jobs may use ranks")
  func accepted() throws {
    for key in [
      "", "training_shards: 3", "training_shards: 64", "nfolds: 3", "replicate_training_data: true",
      "mini_batch_size: 32", "optimizer: Adam", "preset: tabular", "elastic_averaging: true",
      "replicate_training_data: false",
    ] {
      #expect(try faults(Self.training + key, ranks: 3).isEmpty, "\(key)")
    }
  }

  @Test("with single_node_mode one process trains, with any settings and for any number of ranks or tasks")
  func singleNode() throws {
    for key in [
      "", "compatibility: h2o-3.46", "unlocked_training: true", "training_shards: 2", "replicate_training_data: false",
      "nfolds: 3\nreplicate_training_data: false", "reproducible: true\ntarget_ratio_comm_to_comp: 0.1",
    ] {
      let text = Self.training + "nodes: 3\nsingle_node_mode: true\n" + key
      let checked = try JobFileReader.check(Array(text.utf8), file: "a.yaml")
      #expect(checked.faults.isEmpty && checked.job.rankCount == 1, "\(key): \(checked.faults)")
      #expect(try faults(text, ranks: 3).isEmpty, "\(key)")
      #expect(RankRules.faults(of: checked.job, tasks: 4, of: "srun").isEmpty, "\(key)")
    }
    let prediction = "kind: predict\nmodel: m\nframe: t.csv\nsingle_node_mode: true\n"
    #expect(try faults(prediction, ranks: 2).first?.contains("kind is predict") == true)
  }

  @Test(
    "the tasks of a launcher are the ranks that a job asks for, if it does",
    arguments: [
      ("", nil), ("nodes: 4", nil), ("nodes: 2\nranks_per_node: 2", nil),
      ("nodes: 2", "nodes asks for 2 processes, but srun has started 4 tasks"),
      ("ranks_per_node: 3", "ranks_per_node asks for 3 processes"),
      ("compatibility: h2o-3.46", "remove the 4 tasks of srun"),
    ] as [(String, String?)])
  func tasks(_ keys: String, _ message: String?) throws {
    let job = try JobFileReader.check(Array((Self.training + keys).utf8), file: "a.yaml").job
    let found = RankRules.faults(of: job, tasks: 4, of: "srun").map(\.description)
    #expect(found.count == (message == nil ? 0 : 1))
    if let message { #expect(found.first?.contains(message) == true, "\(found)") }
  }

  @Test(
    "jobs whose ranks train whole models may use all settings of one process",
    arguments: [
      "nfolds: 3\n", "fold_column: f\n", "grid:\n  hyper_params: {l2: [0, 1]}\n  parallelism: 0\n",
      "grid:\n  hyper_params: {l2: [0, 1]}\n  parallelism: 2\n",
      "grid:\n  hyper_params: {l2: [0, 1]}\n  parallelism: auto\n",
    ])
  func spread(_ models: String) throws {
    for key in [
      "compatibility: h2o-3.46", "mini_batch_size: 32", "optimizer: Adam", "unlocked_training: true",
      "training_shards: 2", "elastic_averaging: true", "preset: tabular",
    ] {
      #expect(try faults(Self.training + models + key, ranks: 3).isEmpty, "\(key)")
    }
    let whole = try faults(Self.training + models + "replicate_training_data: false", ranks: 3)
    #expect(whole.count == 1 && whole.first?.contains("train whole models") == true, "\(whole)")
  }

  @Test("a grid that trains one model at a time learns how to spread its models")
  func gridOfCopies() throws {
    let text = Self.training + "compatibility: h2o-3.46\ngrid:\n  hyper_params: {l2: [0, 1]}\n"
    #expect(try faults(text, ranks: 3).first?.contains("or set grid.parallelism: auto") == true)
  }

  @Test("a prediction runs in one process")
  func prediction() throws {
    #expect(try faults("kind: predict\nmodel: m\nframe: t.csv\n", ranks: 2).first?.contains("kind is predict") == true)
  }

  @Test(
    "nodes of a job are checked like --ranks",
    arguments: [
      ("nodes: 2\ncompatibility: h2o-3.46", "compatibility h2o-3.46 trains in one process"),
      ("ranks_per_node: 2\ncompatibility: h2o-3.46", "remove ranks_per_node"),
      ("nodes: 2\nmin_nodes: 3", "min_nodes is 3, more than nodes, which is 2"),
      ("nodes: 500\nranks_per_node: 3", "ask for 1500 processes"),
    ])
  func nodes(_ keys: String, _ message: String) throws {
    let faults = try JobFileReader.check(Array((Self.training + keys).utf8), file: "a.yaml").faults
    #expect(faults.contains { $0.description.contains(message) }, "\(faults)")
    #expect(try JobFileReader.check(Array((Self.training + "nodes: 2\nmin_nodes: 1").utf8), file: "a").faults.isEmpty)
  }
}
