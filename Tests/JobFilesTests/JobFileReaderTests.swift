import Documents
import JobFiles
import Testing

@Suite("Reading job files")
struct JobFileReaderTests {
  private static let minimum = "training_frame: a.csv\nresponse_column: y\n"

  private func read(_ text: String) throws(DocumentError) -> JobFile {
    try JobFileReader.read(Array(text.utf8), file: "job.yaml")
  }

  private func faults(_ text: String) -> [String] {
    do throws(DocumentError) {
      _ = try read(Self.minimum + text)
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  @Test("given keys keep their values, other keys have H2O's defaults, and isGiven distinguishes them")
  func values() throws {
    let job = try read(
      Self.minimum + "hidden: [10, 20]\nrho: 0.95\nactivation: rectifier_with_dropout\njob: {priority: 7}\n")
    #expect(job.hidden == [10, 20])
    #expect(job.rho == 0.95)
    #expect(job.activation == .rectifierWithDropout)
    #expect(job.priority == 7)
    #expect(job.epsilon == 1e-8)
    #expect(job.isGiven(\.rho) && !job.isGiven(\.epsilon))
  }

  @Test(
    "enumeration values ignore case and underscores",
    arguments: ["RectifierWithDropout", "rectifier_with_dropout", "RECTIFIERWITHDROPOUT", "Rectifier_With_Dropout"])
  func choices(_ word: String) throws {
    #expect(try read(Self.minimum + "activation: \(word)\n").activation == .rectifierWithDropout)
  }

  @Test("all faults are reported together, in file order, with their places")
  func allAtOnce() {
    let found = faults("hiden: [3]\nepochs: many\nrho: -1\nl1: -0.5\n")
    #expect(found.count == 4)
    #expect(found[0] == "job.yaml:3:1: error: unknown key 'hiden' (did you mean 'hidden'?)")
    #expect(found[1] == "job.yaml:4:9: error: epochs: expected a number, found 'many'")
    #expect(found[2] == "job.yaml:5:6: error: rho: must be above 0 and below 1, found -1")
    #expect(found[3] == "job.yaml:6:5: error: l1: must be between 0 and 1000, found -0.5")
  }

  @Test("keys of the job block are checked like other keys")
  func jobBlock() {
    #expect(faults("job: {prioritty: 3}\n")[0].contains("did you mean 'job.priority'?"))
    #expect(faults("job.prio: 3\n")[0].contains("did you mean 'job.priority'?"))
    #expect(
      faults("grid.search_criteria.max_model: 3\n")[0].contains("did you mean 'grid.search_criteria.max_models'?"))
    #expect(faults("job: 3\n")[0].contains("must be a block"))
  }

  @Test("a missing table or response is a fault; null counts as not given")
  func required() {
    do throws(DocumentError) {
      _ = try read("training_frame: null\n")
      Issue.record("no fault was found")
    } catch {
      #expect(error.faults.map(\.message).contains { $0.hasPrefix("training_frame is missing") })
      #expect(error.faults.map(\.message).contains { $0.hasPrefix("response_column is missing") })
    }
  }

  @Test(
    "rules between parameters",
    arguments: [
      ("hidden_dropout_ratios: [0.1, 0.2]", "has no effect with activation Rectifier"),
      ("activation: TanhWithDropout\nhidden_dropout_ratios: [0.1]", "has 1 value but hidden has 2 layers"),
      ("activation: TanhWithDropout\nhidden_dropout_ratios: [0.1, 1.0]", "each at least 0 and below 1"),
      ("hidden: [20000, 20000]", "makes at least 400,040,000 weights and biases"),
      ("hidden: [10, 0]", "each at least 1"),
      ("distribution: poisson\nloss: Quadratic", "must be Automatic with distribution poisson"),
      ("distribution: laplace\nloss: Huber", "must be Automatic or Absolute"),
      ("distribution: quantile\nloss: Huber", "must be Automatic or Quantile"),
      ("distribution: huber\nloss: Absolute", "must be Automatic or Huber"),
      ("tweedie_power: 2.1", "between 0 and 2"), ("tweedie_power: 0.5", "no distribution"),
      ("compatibility: h2o-3.46\ntweedie_power: 1", "above 1 and below 2"),
      ("quantile_alpha: 1.5", "between 0 and 1"), ("huber_alpha: -1", "between 0 and 1"),
      ("score_duty_cycle: 2", "between 0 and 1"), ("score_training_samples: -1", "at least 0"),
      ("stopping_rounds: -1", "between 0 and 1000000"), ("stopping_tolerance: 1", "at least 0 and below 1"),
      ("max_runtime_secs: -1", "at least 0"), ("max_w2: 0", "above 0"), ("input_dropout_ratio: 1", "below 1"),
      ("compatibility: h2o-3.46\ncol_major: true", "must be false in H2O 3.46"),
      ("stopping_metric: custom", "custom_metric_func"),
      ("compatibility: h2o-3.46\nstopping_metric: r2", "removed from H2O"),
      ("column_names: [a, a]", "contains a name twice"), ("separator: ab", "one ASCII character, or tab, space"),
      ("epochs: 0x10", "expected a number"), ("epochs: nan", "expected a number"),
      ("mini_batch_size: 0", "between 1 and 65536"),
    ])
  func rules(_ text: String, _ expected: String) {
    let found = faults(text + "\n")
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test("printed values parse to the same values")
  func roundTrip() throws {
    for text in ["a b", "null", "1.5", "x: y", "it's", "quote\"d", "", "ü", "yes"] {
      let line = "model_id: \(text.text)\n"
      #expect(try read(Self.minimum + line).modelID == text, "\(line)")
    }
  }

  @Test("a grid is rejected only for faults that every combination has")
  func gridRules() throws {
    func faults(_ text: String) -> String {
      let job = "training_frame: a.csv\nresponse_column: y\n\(text)"
      do throws(DocumentError) {
        _ = try JobFileReader.read(Array(job.utf8), file: "g.yaml")
        return ""
      } catch {
        return error.description
      }
    }
    let ratios = "hidden: [4]\nhidden_dropout_ratios: [0.2]\ngrid:\n  hyper_params: "
    #expect(faults("\(ratios){activation: [RectifierWithDropout, Tanh]}\n").isEmpty)
    #expect(faults("\(ratios){activation: [Rectifier, Tanh]}\n").contains("g.yaml:4:24: error: hidden_dropout_ratios"))
    #expect(
      faults("fold_assignment: Modulo\ngrid:\n  hyper_params: {nfolds: [0, 3], l1: [0, 1e-5]}\n").isEmpty)
    // A large grid is sampled so that every value occurs; the number of combinations may exceed the range of Int.
    let seeds = "seed: [\((1...1000).map(String.init).joined(separator: ", "))]"
    #expect(faults("\(ratios){activation: [Tanh, RectifierWithDropout], \(seeds)}\n").isEmpty)
    let keys = "rho epsilon rate rate_annealing rate_decay momentum_start momentum_ramp momentum_stable l1 l2 max_w2"
      .split(
        separator: " ")
    let many = (keys + "input_dropout_ratio score_interval score_duty_cycle stopping_tolerance".split(separator: " "))
      .map {
        "\($0): [\((1...40).map { "0.\($0 + 10)" }.joined(separator: ", "))]"
      }
    let huge = "nfolds: 3\nfold_column: x\ngrid:\n  hyper_params: {\(many.joined(separator: ", "))}\n"
    #expect(faults(huge).contains("g.yaml:3:9: error: nfolds") || faults(huge).contains("fold_column"))
    #expect(
      faults("l1: 0.1\ngrid:\n  hyper_params: {l1: [0, 1e-5]}\n").contains(
        "is set both in the job and in grid.hyper_params"))
  }

  @Test("an empty file is rejected with the keys that a job needs", arguments: ["", "# only a comment\n"])
  func empty(_ text: String) {
    let error = #expect(throws: DocumentError.self) { try JobFileReader.read(Array(text.utf8), file: "f.yaml") }
    #expect(error?.description.contains("f.yaml:1:1: error: the file is empty") == true)
  }

  @Test(
    "a table in place of a job file is named, with the command that writes its job",
    arguments: [
      ("data/t.csv", "a,b\n1,2\n", "data/t.csv"), ("Meine Daten.xlsx", "PK\u{3}\u{4}\0", "'Meine Daten.xlsx'"),
      ("it's.parquet", "PAR1\0", "'it'\\''s.parquet'"), ("table", "PAR1\0", "table"),
    ])
  func tables(_ file: String, _ text: String, _ word: String) {
    let error = #expect(throws: DocumentError.self) { try JobFileReader.read(Array(text.utf8), file: file) }
    #expect(
      error?.faults.map(\.message) == [
        "this is a table, not a job file; write a job for it: deepspool init \(word)"
      ])
  }
}
