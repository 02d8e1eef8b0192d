import Documents
import JobFiles
import Testing

@Suite("Suggestions for misspelt keys")
struct KeySuggestionsTests {
  private func faults(_ text: String) -> [String] {
    do throws(DocumentError) {
      _ = try JobFileReader.read(Array(text.utf8), file: "j")
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  /// A number of unknown keys that once kept the daemon busy for 15 to 24 seconds.
  private static let strangeKeys = 9_900

  @Test("thousands of unknown keys are all reported")
  func manyKeys() {
    // Keys of sixty characters that resemble no known key.
    let stem = String(repeating: "x", count: 55)
    let text = (0..<Self.strangeKeys).map { "\(stem)\(String($0 + 10_000)): 1\n" }.joined()
    let found = faults(text + "hiden: 3\n")
    #expect(found.filter { $0.contains("unknown key") }.count == Self.strangeKeys + 1)
    #expect(found.filter { $0.contains("did you mean") }.isEmpty)
  }

  @Test(
    "only the first ten misspelt words are compared with known words, so the work is bounded")
  func work() {
    var suggestions = KeySuggestions()
    var asked = 0
    let hints = (0..<Self.strangeKeys).map { number in
      suggestions.hint(for: "hiden\(number % 10)") {
        asked += 1
        return ["hidden"]
      }
    }
    #expect(asked == KeySuggestions.maximumCount)
    #expect(hints.filter { !$0.isEmpty }.count == KeySuggestions.maximumCount)
  }

  @Test("the eleventh misspelt key gets no suggestion, wherever the other ten are")
  func budget() {
    let blocks =
      "job: {prioritty: 3, aftr: x}\ngrid:\n  hyper_params: {hiden: [[2]], activation: [Tanhh, Recitifier]}\n"
    let text = blocks + "rhoo: 1\nepsilonn: 1\nratee: 1\nseeed: 1\nl11: 1\nl22: 1\nlos: x\n"
    let found = faults(text)
    #expect(found.filter { $0.contains("did you mean") }.count == KeySuggestions.maximumCount)
    #expect(found.filter { $0.contains("unknown key") || $0.contains("a grid cannot vary") }.count == 10)
  }

  @Test(
    "names from other tools suggest the key",
    arguments: [
      ("learning_rate: 0.1", "'rate'"), ("hidden_layer_sizes: [5]", "'hidden'"),
      ("batch_size: 32", "'mini_batch_size'"),
      ("weight_decay: 1e-4", "'l2'"), ("random_state: 1", "'seed'"), ("Patience: 5", "'stopping_rounds'"),
      ("dropout: 0.5", "'hidden_dropout_ratios'"), ("sep: ','", "'separator'"),
      ("dec: ','", "'decimal'"), ("skiprows: 2", "'skip_lines'"), ("comment_prefix: '#'", "'comment'"),
      ("grouping_mark: '.'", "'thousands'"), ("parse_dates: [a]", "'date_format'"), ("sheet_name: a", "'sheet'"),
      ("zero_based: true", "'index_base'"),
      ("early_stopping: true", "'stopping_rounds'"), ("solver: adam", "'optimizer'"),
      ("activation: relu", "'Rectifier'"), ("activation: ReLU", "'Rectifier'"),
      ("activation: elu", "'ExpRectifier'"), ("grid: {hyper_params: {activation: [relu]}}", "'Rectifier'"),
      ("grid: {hyper_params: {lr: [0.1]}}", "'rate'"),
      ("y: a", "'response_column'"), ("distribution: binomial", "'bernoulli'"),
      ("stopping_metric: accuracy", "'misclassification'"), ("loss: mse", "'Quadratic'"),
      ("column_types: {a: num}", "'real'"), ("column_types: {a: numeric}", "'real'"),
      ("column_types: {a: factor}", "'enum'"),
      ("job: {prio: 3}", "'job.priority'"), ("job: {depends_on: a}", "'job.after'"), ("queue: a", "'job.group'"),
      ("hyper_params: {epochs: [1]}", "'grid.hyper_params'"), ("grid: {params: {epochs: [1]}}", "'grid.hyper_params'"),
      ("search_criteria: {seed: 1}", "'grid.search_criteria'"),
      ("priority: 3", "'job.priority'"), ("after: [a]", "'job.after'"),
      ("max_models: 3", "'grid.search_criteria.max_models'"),
      ("activation: sigmoid", "'Tanh'"), ("stopping_metric: f1", "'AUCPR'"),
    ])
  func otherTools(_ text: String, _ key: String) {
    #expect(faults(text).contains { $0.contains("did you mean \(key)?") })
  }

  @Test(
    "what shells and browsers understand is no name of a table",
    arguments: ["~/x.csv", "https://a.org/x.csv", "s3://a/x"])
  func foreignPaths(_ name: String) {
    let found = faults("training_frame: \(name)\nresponse_column: y\n")
    #expect(found.count == 1 && found[0].hasPrefix("j:1:17: error: training_frame: '\(name)' "), "\(found)")
  }

  @Test("a colon without a blank, and a duplicate key, are found where they are")
  func places() {
    #expect(
      faults("training_frame:a.csv\n") == [
        "j:1:1: error: expected 'key: value' lines, found 'training_frame:a.csv'; put a blank after the colon: 'training_frame: ...'"
      ])
    #expect(
      faults("training_frame:a.csv\nresponse_column: b\n") == [
        "j:1:1: error: invalid YAML: put a blank after the colon: 'training_frame: ...'"
      ])
    #expect(
      faults("epochs: 1\nrho: 0.9\njob:\n  group:a\n  priority: 2\n") == [
        "j:4:3: error: invalid YAML: put a blank after the colon: 'group: ...'"
      ])
    let frames = "training_frame: a.csv\nresponse_column: y\n"
    #expect(
      faults(frames + "epochs: 1\nrho: 0.9\nepochs: 2\n") == [
        "j:5:1: error: duplicate keys: 'epochs'; keep one of each (the first is in line 3)"
      ])
    let nested = faults(frames + "job:\n  priority: 1\n  group: a\n  \"priority\" : 2\n")
    #expect(nested.count == 1 && nested[0].hasPrefix("j:6:3: error: duplicate keys"), "\(nested)")
    // Duplicate keys do not hide other faults.
    let several = faults("epochs: 1\nhiden: 3\nepochs: 2\nepochs: 3\nrho: 5\njob: {group: a, group: b}\n")
    #expect(several.count == 1 && several[0].contains("'group'"), "\(several)")
    let mixed = faults(frames + "epochs: 1\nhiden: 3\nepochs: 2\nepochs: 3\nrho: 5\n")
    #expect(
      mixed.count { $0.contains("duplicate keys: 'epochs'") } == 2 && mixed.contains { $0.hasPrefix("j:4:1:") }
        && mixed.contains { $0.hasPrefix("j:7:") } && mixed.count == 4, "\(mixed)")
  }

  @Test(
    "what is set elsewhere gets an answer instead of a suggestion",
    arguments: [
      ("threads: 2", "--threads"), ("N_jobs: 2", "threads_per_job"), ("job: {cpus: 2}", "threads_per_job"),
      ("memory: 4G", "max_memory_bytes"), ("device: cuda", "processors only"), ("job: {name: a}", "name of its file"),
      ("output: a", "--output"), ("mail: a", "hooks"), ("x: [a]", "the opposite"), ("features: [a]", "ignored_columns"),
    ])
  func elsewhere(_ text: String, _ answer: String) {
    let found = faults(text).filter { $0.contains("unknown key") }
    #expect(found.count == 1 && found[0].contains(answer) && !found[0].contains("did you mean"), "\(found)")
  }

  @Test(
    "a parameter of models that stands in a block of the grid belongs in hyper_params",
    arguments: [
      ("grid: {l1: [0, 1]}", "grid.l1", "`hyper_params: {l1: [...]}`"),
      ("grid: {search_criteria: {hidden: [[3]]}}", "grid.search_criteria.hidden", "`hyper_params: {hidden: [...]}`"),
      ("grid: {seed: 3}", "grid.seed", "a criterion of the search is grid.search_criteria.seed"),
    ])
  func gridParameters(_ text: String, _ key: String, _ answer: String) {
    let found = faults(text).filter { $0.contains("unknown key '\(key)'") }
    #expect(found.count == 1 && found[0].contains(answer), "\(faults(text))")
  }

  @Test("a number as validation_split, as in Keras, points to validation_fraction")
  func validationSplit() {
    let found = faults("validation_split: 0.2\n")
    #expect(
      found.contains {
        $0.contains("expected one of random, last, found '0.2'; validation_fraction sets the share of the rows")
      })
    #expect(faults("validation_split: lst\n").contains { $0.contains("did you mean 'last'?") })
  }

  @Test("a name from another tool is neither a key nor shared by two keys")
  func otherNames() {
    let catalogue = ParameterCatalogue.shared
    let keys = Set(catalogue.allRows.map(\.key))
    #expect(catalogue.otherNames.count == catalogue.allRows.reduce(0) { $0 + $1.otherNames.count })
    for name in catalogue.otherNames.keys { #expect(!keys.contains(name) && name == name.lowercased(), "\(name)") }
  }
}
