import DataFrames
import DurableFiles
import Models
import TestSupport
import Testing

@Suite("Jobs that read tables as their model's training table was read")
struct KnownNotationJobTests {
  /// Dates of all months with the day first, and numbers with a decimal comma.
  private static let training =
    "d;x;y\n"
    + (1...48).map { "\($0 % 28 + 1)/\($0 % 12 + 1)/2024;\($0 % 9),\($0 % 7)5;\(10 * ($0 % 12))\n" }.joined()
  /// The same rows in a notation with two meanings, and in one with a single meaning.
  private static let open = "d;x;y\n01/02/2024;1,234;20\n05/04/2024;8,125;30\n03/12/2024;2,500;90\n"
  private static let plain = "d;x;y\n2024-02-01;1.2340;20\n2024-04-05;8.1250;30\n2024-12-03;2.5000;90\n"

  private let data = TemporaryFolder()

  private func train(_ keys: String = "", at work: String = "1", told: ToldSentences = ToldSentences()) async throws
    -> String
  {
    for (name, text) in [("t.csv", Self.training), ("open.csv", Self.open), ("plain.csv", Self.plain)] {
      try FileSystem().write(text.utf8, to: "\(data.path)/\(name)")
    }
    let table = keys.contains("training_frame") ? "" : "training_frame: t.csv\n"
    let job = "\(table)response_column: y\nhidden: [5]\nseed: 2\nreproducible: true\n\(keys)"
    return try await Project.run(Array(job.utf8), frames: data.path, work: "\(data.path)/\(work)", onEvent: told.hear)
  }

  @Test("predictions do not depend on the notation of the new table")
  func predictions() async throws {
    let result = try await train()
    let notation = try Project.model(result).notation
    #expect(notation.columns["d"]?.dateOrder == .dayFirst && notation.columns["x"]?.decimalMark == .comma)
    #expect(notation.columns["y"] == nil)
    let predictions = try Project.predict(result, "\(data.path)/open.csv")
    #expect(try Project.predict(result, "\(data.path)/plain.csv") == predictions)
    #expect(Set(predictions.split(separator: "\n")).count == 4)
  }

  @Test("held-out rows do not change what the model keeps")
  func division() async throws {
    let result = try await train("validation_fraction: 0.2\n")
    #expect(try Project.model(result).notation.columns["d"]?.dateOrder == .dayFirst)
  }

  @Test("a validation table is read as the training table")
  func validation() async throws {
    var errors: [Double] = []
    for table in ["open", "plain"] {
      let told = ToldSentences()
      let result = try await train("validation_frame: \(table).csv\n", at: table, told: told)
      errors.append(try #require(try Project.metrics(result, "validation")["MSE"] as? Double))
      #expect(!told.all.contains { $0.contains("fit both orders") }, "\(told.all)")
    }
    #expect(errors[0] == errors[1])
  }

  @Test("training that continues reads its table as the earlier one, and keeps the notation")
  func continuation() async throws {
    let first = try await train("epochs: 2\n")
    var predictions: [String] = []
    for table in ["open", "plain"] {
      let result = try await train("training_frame: \(table).csv\nepochs: 90\ncheckpoint: \(first)\n", at: table)
      #expect(try Project.model(result).notation.columns["d"]?.dateOrder == .dayFirst)
      predictions.append(try Project.predict(result, "\(data.path)/plain.csv"))
    }
    #expect(predictions[0] == predictions[1])
  }

  @Test("a model of H2O's rules keeps no notation")
  func h2o() async throws {
    #expect(
      try Project.model(await train("training_frame: plain.csv\ncompatibility: h2o-3.46\nseparator: ';'\n")).notation
        .isEmpty)
  }
}
