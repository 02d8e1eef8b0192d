import DurableFiles
import Foundation
import Jobs
import TestSupport
import Testing

@Suite("Validation rows of one class decide nothing")
struct OneClassValidationTests {
  private let data = TemporaryFolder()
  private let work = TemporaryFolder()

  /// x tells the classes apart; the rows are sorted by class.
  private func run(
    _ counts: [String: Int], _ settings: String
  ) async throws -> (result: String, warnings: [String]) {
    var numbers = UniformNumbers(seed: 7)
    let rows = counts.sorted { $0.key < $1.key }.enumerated().flatMap { index, entry in
      (0..<entry.value).map { _ in "\(Double(index) + numbers.next() / 2),\(numbers.next()),\(entry.key)\n" }
    }
    try FileSystem().write(("x,z,y\n" + rows.joined()).utf8, to: "\(data.path)/t.csv")
    let text =
      "training_frame: t.csv\nresponse_column: y\nhidden: [8]\nepochs: 30\nseed: 4\nreproducible: true\n"
      + "validation_fraction: 0.2\n\(settings)\n"
    let told = ToldSentences()
    let result = try await Project.run(Array(text.utf8), frames: data.path, work: work.path, onEvent: told.hear)
    return (result, told.all)
  }

  @Test("a sorted table: training rows choose network, threshold and verdict, and a warning says why")
  func sorted() async throws {
    let (result, warnings) = try await run(["a": 60, "b": 60], "validation_split: last")
    let warning = try #require(
      warnings.first { $0.hasPrefix("all 24 validation rows are of class 'b', so the training") })
    #expect(warning.hasSuffix("if the table is sorted by class, leave out validation_split, or use nfolds"))
    let validation = try Project.metrics(result, "validation")
    for name in ["AUC", "pr_auc", "Gini"] { #expect(validation[name] is NSNull, "\(name)") }
    #expect(validation["logloss"] is Double)
    let training = try Project.metrics(result, "training")
    #expect(try #require(training["err"] as? Double) < 0.1)
    let metrics = try #require(
      try JSONSerialization.jsonObject(with: Data(try Project.text(result, "metrics.json").utf8)) as? [String: Any])
    #expect((metrics["label_threshold"] as? [String: Any])?["source"] as? String == "training")
    let verdict = try Project.text(result, "report.html").firstMatch(of: /<p class="verdict">([^<]*)<\/p>/)?.1
    #expect(verdict?.hasPrefix("On the training rows ") == true, "\(verdict ?? "none")")
  }

  @Test("several classes, of which one is held out")
  func multinomial() async throws {
    let (result, warnings) = try await run(["a": 40, "b": 40, "c": 40], "validation_split: last")
    #expect(warnings.contains { $0.hasPrefix("all 24 validation rows are of class 'c'") }, "\(warnings)")
    #expect(try #require(try Project.metrics(result, "training")["err"] as? Double) < 0.2)
  }

  @Test("H2O's rules keep the areas and let such rows lead")
  func h2o() async throws {
    let (result, warnings) = try await run(
      ["a": 60, "b": 60], "validation_split: last\ncompatibility: h2o-3.46")
    #expect(try Project.metrics(result, "validation")["AUC"] as? Double == 1)
    #expect(warnings.contains { $0.contains("so their metrics say nothing about the other classes") }, "\(warnings)")
  }

  @Test("few rows of one of two classes, and classes that are not held out, are warned about")
  func few() async throws {
    let rare = try await run(["a": 100, "b": 12], "").warnings
    #expect(rare.contains { $0.hasPrefix("only 2 validation rows are of class 'b'") }, "\(rare)")
    let missing = try await run(["a": 50, "b": 50, "c": 1], "").warnings
    #expect(missing.contains { $0.hasPrefix("no validation row is of class 'c'") }, "\(missing)")
    let enough = try await run(["a": 60, "b": 60], "").warnings
    #expect(!enough.contains { $0.contains("validation row") }, "\(enough)")
  }

  @Test("most rows of a class that get the other label are warned about")
  func missed() async throws {
    var numbers = UniformNumbers(seed: 3)
    let rows = (0..<400).map { _ in
      let x = numbers.next()
      return "\(x),\(numbers.next()),\(numbers.next() < 0.4 * x * x ? "a" : "b")\n"
    }
    try FileSystem().write(("x,z,y\n" + rows.joined()).utf8, to: "\(data.path)/t.csv")
    let told = ToldSentences()
    let text = "training_frame: t.csv\nresponse_column: y\nhidden: [4]\nepochs: 30\nseed: 4\nreproducible: true\n"
    _ = try await Project.run(Array(text.utf8), frames: data.path, work: work.path, onEvent: told.hear)
    #expect(
      told.all.contains { $0.contains(/[0-9.]+ % of the training rows of class 'a' are predicted 'b'/) }, "\(told.all)")
  }
}
