import Documents
import JobFiles
import Testing

@Suite("Keys for held-out rows, class weights and missing values")
struct HoldOutRulesTests {
  private static let minimum = "training_frame: a.csv\nresponse_column: y\n"

  private func faults(_ text: String) -> String {
    do throws(DocumentError) {
      _ = try JobFileReader.read(Array((Self.minimum + text).utf8), file: "job.yaml")
      return ""
    } catch {
      return error.description
    }
  }

  @Test(
    "keys that cannot be combined are rejected by name",
    arguments: [
      (
        "validation_fraction: 0.2\nvalidation_frame: b.csv",
        "validation_fraction cannot be combined with validation_frame"
      ),
      ("validation_fraction: 0.2\nnfolds: 3", "validation_fraction cannot be combined with nfolds"),
      ("validation_fraction: 0.2\nfold_column: f", "validation_fraction cannot be combined with fold_column"),
      ("validation_fraction: 1", "must be at least 0 and below 1"), ("validation_fraction: -0.1", "at least 0"),
      ("validation_split: first", "one of random, last"),
      ("group_column: y", "group_column is also the response_column"),
      ("weights_column: w\ngroup_column: w", "group_column is also the weights_column"),
      ("fold_column: f\ngroup_column: f", "group_column is also the fold_column"),
      ("class_weight: {}", "balanced, or {class: weight, ...}"), ("class_weight: even", "found 'even'"),
      ("class_weight: [1, 2]", "found a list"), ("class_weight: {a: 0}", "weights above 0"),
      ("class_weight: {a: -1}", "weights above 0"), ("class_weight: {a: .inf}", "at most 1e9"),
      ("class_weight: {a: much}", "expected a number"),
      ("compatibility: h2o-3.46\nclass_weight: balanced", "class_weight is unsupported in H2O 3.46"),
      ("compatibility: h2o-3.46\nmissing_indicators: true", "missing_indicators is unsupported in H2O 3.46"),
      ("grid: {hyper_params: {validation_fraction: [0.1, 0.2]}}", "a grid cannot vary"),
      ("grid: {hyper_params: {group_column: [a, b]}}", "a grid cannot vary"),
    ])
  func refused(_ text: String, _ expected: String) {
    #expect(faults(text).contains(expected), "\(faults(text))")
  }

  @Test(
    "keys that can be combined are accepted",
    arguments: [
      "validation_fraction: 0", "validation_fraction: 0\nnfolds: 3", "nfolds: 3\ngroup_column: g",
      "compatibility: h2o-3.46\nvalidation_fraction: 0.2\ngroup_column: g", "class_weight: Balanced",
      "compatibility: h2o-3.46\nmissing_indicators: false",
      "grid: {hyper_params: {class_weight: [balanced, {a: 2, b: 1}], missing_indicators: [true, false]}}",
    ])
  func accepted(_ text: String) { #expect(faults(text).isEmpty, "\(faults(text))") }

  @Test("class names can be numbers, YAML words and names with spaces, and are printed as read")
  func names() throws {
    let text = "class_weight: {0: 1, 1: 5, yes: 2.5, two words: 3, \"null\": 4}\n"
    let job = try JobFileReader.read(Array((Self.minimum + text).utf8), file: "job.yaml")
    let expected = ClassWeights.named(["0": 1, "1": 5, "yes": 2.5, "two words": 3, "null": 4])
    #expect(job.classWeight == expected)
    #expect(try JobFileReader.read(Array(job.text.utf8), file: "again.yaml").classWeight == expected)
  }

  @Test("an autoencoder does not support class weights")
  func autoencoder() {
    let text = "training_frame: a.csv\nautoencoder: true\nclass_weight: balanced\n"
    let error = #expect(throws: DocumentError.self) { try JobFileReader.read(Array(text.utf8), file: "job.yaml") }
    #expect(error?.description.contains("class_weight needs a response") == true)
  }
}
