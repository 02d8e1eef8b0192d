import Documents
import DurableFiles
import Foundation
import JobFiles
import Jobs
import Models
import Planning
import TestSupport
import Testing
import Training

@Suite("One decision threshold for metrics, report and predictions")
struct LabelThresholdTests {
  /// Rows of two classes, a tenth of them "y"; x1 and x2 are weak predictors, x3 is noise.
  private static func table(_ rowCount: Int, seed: UInt64) -> String {
    var numbers = UniformNumbers(seed: seed)
    return "x1,x2,x3,k\n"
      + (0..<rowCount).map { row in
        let isRare = row % 10 == 3
        let shift = isRare ? 0.35 : 0
        return
          "\(numbers.next() + shift),\(numbers.next() + numbers.next() - shift),\(numbers.next()),\(isRare ? "y" : "n")\n"
      }.joined()
  }

  private struct Run {
    let result: String
    let warnings: [String]
    let folders: [TemporaryFolder]

    var table: String { "\(folders[0].path)/t.csv" }
    var other: String { "\(folders[0].path)/v.csv" }

    /// Read from the text: JSONSerialization may change the last digit, which affects the row
    /// at the threshold.
    func threshold() throws -> (value: Double, source: String) {
      let found = try Project.metrics(result, "label_threshold")
      let text = try Project.text(result, "metrics.json")
      let value = try require(
        text.firstMatch(of: /"label_threshold": \{\s*"value": ([0-9.e-]+)/).flatMap { Double($0.1) }, "value")
      return (value, try require(found["source"] as? String, "source"))
    }
  }

  private func run(_ settings: String, leavingOut quirks: H2OQuirks = []) async throws -> Run {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(Self.table(800, seed: 1).utf8, to: "\(data.path)/t.csv")
    try FileSystem().write(Self.table(300, seed: 2).utf8, to: "\(data.path)/v.csv")
    let text =
      "training_frame: t.csv\nresponse_column: k\nhidden: [6]\nepochs: 5\nseed: 4\nreproducible: true\n\(settings)\n"
    let told = ToldSentences()
    let result = try await Project.run(
      Array(text.utf8), frames: data.path, work: work.path, leavingOut: quirks, onEvent: told.hear)
    return Run(result: result, warnings: told.all, folders: [data, work])
  }

  /// Returns labels and probabilities of class y for the rows of a table, with the actual classes.
  private func predictions(_ run: Run, _ table: String) throws -> [(label: String, score: Double, actual: String)] {
    let rows = try Project.predict(run.result, table).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",")
    }
    let lines = try Project.text(Paths.folder(of: table), Paths.name(of: table)).split(separator: "\n").dropFirst()
    return try zip(rows, lines).map { row, line in
      (String(row[0]), try require(Double(row[2]), "score"), String(line.split(separator: ",")[3]))
    }
  }

  /// Returns the counts [actual][predicted] of n and y at a threshold.
  private func counts(_ rows: [(label: String, score: Double, actual: String)], from threshold: Double) -> [[Double]] {
    var counts = [[0.0, 0], [0, 0]]
    for row in rows { counts[row.actual == "y" ? 1 : 0][row.score >= threshold ? 1 : 0] += 1 }
    return counts
  }

  /// JSONSerialization reads numbers with about sixteen digits.
  private static let lastDigits = 1e-14

  private func defaultThreshold(_ run: Run, _ part: String) throws -> Double {
    try require(Project.metrics(run.result, part)["default_threshold"] as? Double, part)
  }

  private func matrix(_ run: Run, _ part: String) throws -> [[Double]] {
    let matrix = try require(Project.metrics(run.result, part)["cm"] as? [String: Any], "cm")
    return try require(matrix["counts"] as? [[Double]], "counts")
  }

  @Test("without other rows the training rows decide the threshold, and predictions use it")
  func training() async throws {
    let run = try await run("")
    let (value, source) = try run.threshold()
    #expect(source == "training")
    let rows = try predictions(run, run.table)
    #expect(rows.allSatisfy { ($0.label == "y") == ($0.score >= value) })
    #expect(try matrix(run, "training") == counts(rows, from: value))
    // No other score has a larger F1.
    func f1(_ threshold: Double) -> Double {
      let matrix = counts(rows, from: threshold)
      return 2 * matrix[1][1] / (2 * matrix[1][1] + matrix[0][1] + matrix[1][0])
    }
    #expect(rows.map { f1($0.score) }.max() == f1(value))
    #expect(try abs(defaultThreshold(run, "model") - value) < Self.lastDigits)
  }

  @Test("a validation table decides the threshold, which also labels the training table")
  func validation() async throws {
    let run = try await run("validation_frame: v.csv")
    let (value, source) = try run.threshold()
    #expect(source == "validation")
    for (part, table) in [("training", run.table), ("validation", run.other)] {
      let expected = counts(try predictions(run, table), from: value)
      #expect(try matrix(run, part) == expected, "\(part)")
      let metrics = try Project.metrics(run.result, part)
      #expect(try abs(defaultThreshold(run, part) - value) < Self.lastDigits)
      let rows = expected[0].reduce(0, +) + expected[1].reduce(0, +)
      #expect(abs(try #require(metrics["err"] as? Double) - (expected[0][1] + expected[1][0]) / rows) < 1e-12)
      let rates = zip(expected, [1, 0]).map { $0[$1] / ($0[0] + $0[1]) }
      #expect(abs(try #require(metrics["mean_per_class_error"] as? Double) - (rates[0] + rates[1]) / 2) < 1e-12)
    }
    let report = try Project.text(run.result, "report.html")
    #expect(report.contains("that maximises F1 on the validation rows"))
  }

  @Test("costs decide the threshold on the validation rows; metrics and report state the mean cost")
  func costs() async throws {
    let run = try await run("validation_frame: v.csv\nlabel_threshold: {false_positive: 1, false_negative: 6}")
    let (value, source) = try run.threshold()
    #expect(source == "validation")
    let rows = try predictions(run, run.other)
    func cost(_ threshold: Double) -> Double {
      let matrix = counts(rows, from: threshold)
      return (matrix[0][1] + 6 * matrix[1][0]) / Double(rows.count)
    }
    #expect(rows.map { cost($0.score) }.min() == cost(value))
    let found = try Project.metrics(run.result, "label_threshold")
    #expect((found["costs"] as? [String: Double]) == ["false_positive": 1, "false_negative": 6])
    let means = try #require(found["mean_cost"] as? [String: Double])
    #expect(try abs(#require(means["validation"]) - cost(value)) < 1e-12 && means["training"] != nil)
    let report = try Project.text(run.result, "report.html")
    #expect(report.contains("with the smallest cost on the validation rows") && report.contains("per row on"))
  }

  @Test(
    "costs that are no costs are refused",
    arguments: [
      ("{false_positive: 1}", "false_negative is missing"),
      ("{false_positive: 0, false_negative: 1}", "must be above 0"),
      ("{false_positive: 1, false_negative: 2, fn: 3}", "unknown key 'fn'"),
      ("{false_positive: x, false_negative: 2}", "expected a number"),
    ])
  func refusedCosts(_ costs: String, _ expected: String) {
    let text = "training_frame: t\nresponse_column: y\nlabel_threshold: \(costs)\n"
    let error = #expect(throws: DocumentError.self) { try JobFileReader.read(Array(text.utf8), file: "j") }
    #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
  }

  @Test("cross-validation decides by its held-out rows, for all tables and for predictions")
  func crossValidation() async throws {
    let run = try await run("nfolds: 3\nkeep_cross_validation_predictions: true")
    let (value, source) = try run.threshold()
    #expect(source == "cross_validation")
    let folds = try Project.text(run.result, "cross_validation/predictions.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",") }
    let actuals = try Project.text(run.folders[0].path, "t.csv").split(separator: "\n").dropFirst()
      .map { String($0.split(separator: ",")[3]) }
    let heldOut = try zip(folds, actuals).map { row, actual in
      (label: String(row[0]), score: try require(Double(row[2]), "score"), actual: actual)
    }
    // The file has eight decimals.
    #expect(heldOut.allSatisfy { ($0.label == "y") == ($0.score >= value - 1e-8) })
    #expect(try matrix(run, "cross_validation") == counts(heldOut, from: value - 1e-8))
    let rows = try predictions(run, run.table)
    #expect(rows.allSatisfy { ($0.label == "y") == ($0.score >= value) })
    #expect(try matrix(run, "training") == counts(rows, from: value))
  }

  @Test("balanced classes are measured in their original proportions")
  func balanced() async throws {
    let run = try await run("balance_classes: true")
    let (value, source) = try run.threshold()
    #expect(source == "training")
    let rows = try predictions(run, run.table)
    let metrics = try Project.metrics(run.result)
    #expect(metrics["nobs"] as? Int == 800)
    let loss = rows.map { -log($0.actual == "y" ? $0.score : 1 - $0.score) }.reduce(0, +) / 800
    #expect(abs(try #require(metrics["logloss"] as? Double) - loss) < 1e-5)
    #expect(try matrix(run, "training") == counts(rows, from: value))
    // At the best F1 of a rare class, not nearly all rows get its label.
    #expect(rows.count { $0.label == "y" } < 400)
    let old = try await self.run("balance_classes: true\ncompatibility: h2o-3.46")
    #expect(try #require(Project.metrics(old.result)["nobs"] as? Int) > 1400)
  }

  @Test("label_threshold accepts a number, which then applies everywhere")
  func given() async throws {
    let run = try await run("label_threshold: 0.3\nvalidation_frame: v.csv\nnfolds: 3")
    #expect(try run.threshold() == (0.3, "given"))
    for (part, table) in [("training", run.table), ("validation", run.other)] {
      #expect(try matrix(run, part) == counts(try predictions(run, table), from: 0.3), "\(part)")
    }
    for part in ["training", "validation", "cross_validation"] {
      #expect(try Project.metrics(run.result, part)["default_threshold"] as? Double == 0.3, "\(part)")
    }
    #expect(try predictions(run, run.table).allSatisfy { ($0.label == "y") == ($0.score >= 0.3) })
    #expect(try Project.text(run.result, "report.html").contains("set by the job"))
  }

  @Test(
    "label_threshold accepts a criterion, which is then maximal",
    arguments: ["accuracy", "MCC", "youden", "mean_per_class_accuracy", "min_per_class_accuracy"])
  func criterion(_ name: String) async throws {
    let run = try await run("label_threshold: \(name)")
    let (value, source) = try run.threshold()
    #expect(source == "training")
    let rows = try predictions(run, run.table)
    func measure(_ threshold: Double) -> Double {
      let matrix = counts(rows, from: threshold)
      let (tn, fp, fn, tp) = (matrix[0][0], matrix[0][1], matrix[1][0], matrix[1][1])
      switch name {
      case "accuracy": return (tp + tn) / 800
      case "MCC":
        let correlation = (tp * tn - fp * fn) / ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)).squareRoot()
        return correlation.isNaN ? -1 : correlation
      case "min_per_class_accuracy": return min(tp / (tp + fn), tn / (tn + fp))
      default: return tp / (tp + fn) + tn / (tn + fp)
      }
    }
    #expect(abs(try #require(rows.map { measure($0.score) }.max()) - measure(value)) < 1e-12)
  }

  @Test("under h2o-3.46 each table has its own threshold")
  func ofH2O() async throws {
    let run = try await run("compatibility: h2o-3.46\nvalidation_frame: v.csv")
    let (value, source) = try run.threshold()
    #expect(source == "validation")
    #expect(try abs(defaultThreshold(run, "validation") - value) < Self.lastDigits)
    #expect(try abs(defaultThreshold(run, "training") - value) > Self.lastDigits)
  }

  @Test("under h2o-3.46 curves have 400 bins; exact areas differ by less than a thousandth")
  func bins() async throws {
    let (binned, exact) = (
      try await run("compatibility: h2o-3.46"), try await run("compatibility: h2o-3.46", leavingOut: .curvesAreBinned)
    )
    let areas = try [binned, exact].map { try #require(Project.metrics($0.result)["AUC"] as? Double) }
    #expect(areas[0] != areas[1] && abs(areas[0] - areas[1]) < 1e-3)
    let rows = try predictions(exact, exact.table)
    let (rare, common) = (rows.filter { $0.actual == "y" }, rows.filter { $0.actual == "n" })
    let wins = rare.reduce(0.0) { sum, row in
      sum + common.reduce(0) { $0 + (row.score > $1.score ? 1 : row.score == $1.score ? 0.5 : 0) }
    }
    #expect(abs(areas[1] - wins / Double(rare.count * common.count)) < 1e-12)
    // Exact curves show as many of their thresholds as there are bins.
    for run in [binned, exact] {
      let lines = try Project.text(run.result, "thresholds_training.csv").split(separator: "\n").count - 1
      #expect(lines <= 400 && lines > 370)
    }
  }

  @Test("numbers outside 0 to 1 and unknown criteria are refused; other responses have no threshold")
  func refusals() async throws {
    for value in ["0", "1", "1.5", "-0.2", "nan", "f7", "[0.2]"] {
      let error = await #expect(throws: DocumentError.self) { try await run("label_threshold: \(value)") }
      #expect(
        error.map { "\($0)".contains("job.yaml:7:18: error: label_threshold") } == true,
        "\(value): \(String(describing: error))")
    }
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(Self.table(100, seed: 1).utf8, to: "\(data.path)/t.csv")
    let job = "training_frame: t.csv\nresponse_column: x1\nhidden: [4]\nepochs: 1\nlabel_threshold: 0.2\n"
    let result = try await Project.run(Array(job.utf8), frames: data.path, work: work.path)
    let text = try Project.text(result, "metrics.json")
    #expect(text.contains("label_threshold has no effect: the response does not have two classes"))
    #expect(!text.contains("\"label_threshold\""))
  }

  @Test("a prediction job accepts a number, not a criterion")
  func predicting() async throws {
    let run = try await run("")
    let work = TemporaryFolder()
    let job = "kind: predict\nmodel: \(run.result)\nframe: t.csv\nlabel_threshold: 0.02\n"
    let result = try await Project.run(Array(job.utf8), frames: run.folders[0].path, work: work.path)
    let rows = try Project.text(result, "predictions.csv").split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",") }
    #expect(rows.count == 800 && rows.allSatisfy { ($0[0] == "y") == ((Double($0[2]) ?? 0) >= 0.02) })
    let error = await #expect(throws: DocumentError.self) {
      try await Project.run(
        Array(job.replacing("0.02", with: "f1").utf8), frames: run.folders[0].path, work: work.path)
    }
    #expect(error.map { "\($0)".contains("only training can choose a threshold") } == true)
  }
}
