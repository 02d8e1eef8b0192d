import DurableFiles
import Foundation
import JobEvents
import TestSupport
import Testing

/// Explanations in the result folder, and contributions of predictions.
@Suite("Explanations of whole jobs")
struct ExplanationJobTests {
  /// 240 rows: y and k follow x and the level c; z has no influence; n is x with missing values; o is an offset, w a weight.
  private static let table =
    "x,z,c,n,o,w,y,k,m,p\n"
    + (0..<240).map { row in
      let (x, z, level) = (Double(row * 37 % 240) / 240, Double(row * 53 % 100) / 100, row % 3)
      let offset = Double(row % 5)
      let value = 4 * x + Double(level)
      return "\(x),\(z),c\(level),\(row % 7 == 0 ? "" : "\(x)"),\(offset),\(1 + row % 2),\(value + offset),"
        + "\(value > 3 ? "yes" : "no"),\(["a", "b", "d"][min(2, Int(value / 2))]),\(Int(value * 3))\n"
    }.joined()

  /// Keeps the folders of a test.
  private final class Folders {
    var all: [TemporaryFolder] = []
  }

  private let folders = Folders()

  private func run(_ job: String) async throws -> String {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    folders.all += [data, work]
    try FileSystem().write(Self.table.utf8, to: "\(data.path)/t.csv")
    return try await Project.run(Array(job.utf8), frames: data.path, work: work.path)
  }

  /// Returns the header and the cells of a CSV file.
  private func cells(_ result: String, _ file: String) throws -> (header: [String], rows: [[String]]) {
    let lines = try Project.text(result, file).split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return (lines[0], Array(lines.dropFirst()))
  }

  private static let common = "training_frame: t.csv\nhidden: [12]\nseed: 1\nreproducible: true\nepochs: 60\n"

  @Test(
    "contributions add up to the margin of each prediction",
    arguments: [
      ("response_column: y\noffset_column: o\nweights_column: w\nignored_columns: [k, m, p, n]\n", 1, "prediction"),
      ("response_column: k\nignored_columns: [y, m, p, o, w]\nmissing_indicators: true\n", 1, "log odds"),
      ("response_column: m\nignored_columns: [y, k, p, o, w]\n", 3, "log odds"),
      ("response_column: p\ndistribution: poisson\nignored_columns: [y, k, m, o, w]\n", 1, "logarithm"),
      ("response_column: k\nignored_columns: [y, m, p, o, w]\ncategorical_encoding: Binary\n", 1, "log odds"),
      ("response_column: y\ncompatibility: h2o-3.46\nignored_columns: [k, m, p, o, w]\n", 1, "prediction"),
    ])
  func additive(_ settings: String, _ margins: Int, _ scale: String) async throws {
    let model = try await run(Self.common + settings)
    let result = try await run(
      "kind: predict\nmodel: \(model)\nframe: t.csv\ncontributions: true\n")
    let (header, rows) = try cells(result, "contributions.csv")
    #expect(header.last == "BiasTerm" && (margins == 1 || header.first == "class"))
    #expect(rows.count == 240 * margins)
    let predictions = try cells(result, "predictions.csv")
    var expected: [Double] = []
    for row in predictions.rows {
      let numbers = row.dropFirst(predictions.header.count > 1 ? 1 : 0).map { Double($0) ?? .nan }
      switch scale {
      case "prediction": expected += [numbers[0]]
      case "logarithm": expected += [log(numbers[0])]
      default: expected += numbers.dropFirst(margins == 1 ? 1 : 0).map { log($0 / (1 - $0)) }
      }
    }
    let range = try #require(expected.max()) - (try #require(expected.min()))
    for (row, value) in zip(rows, expected) {
      let sum = row.dropFirst(margins == 1 ? 0 : 1).map { Double($0) ?? .nan }.reduce(0, +)
      #expect(abs(sum - value) < 1e-6 * range)
    }
    if settings.contains("offset") { #expect(header.contains("o")) }
    #expect(try Project.text(result, "report.html").contains("Mean absolute contribution"))
  }

  @Test("the columns that decide are the most important; the report shows all explanations; the files have rows")
  func files() async throws {
    let result = try await run(
      Self.common + "response_column: y\nignored_columns: [k, m, p, n, o, w]\nvalidation_fraction: 0.25\n")
    let importances = try cells(result, "explanations/permutation_importance.csv")
    #expect(importances.rows.map { $0[0] } == ["x", "c", "z"])
    #expect(importances.rows.allSatisfy { $0[6] == "60" })
    for row in importances.rows {
      let numbers = row[2...5].map { Double($0) ?? .nan }
      #expect(numbers[2] <= numbers[0] && numbers[0] <= numbers[3])
    }
    // The response rises by 4 over the range of x, and by 1 per level of c.
    let dependence = try cells(result, "explanations/partial_dependence.csv").rows
    let levels = dependence.filter { $0[0] == "c" }.map { Double($0[3]) ?? .nan }
    #expect(levels.count == 3 && levels[0] + 0.5 < levels[1] && levels[1] + 0.5 < levels[2])
    #expect(dependence.filter { $0[0] == "x" }.count == 20)
    let errors = try cells(result, "explanations/errors_by_predictor.csv").rows
    let counts = errors.filter { $0[0] == "c" }.map { Int($0[2]) ?? 0 }
    #expect(counts.reduce(0, +) == 60)
    for row in errors {
      let numbers = row[3...5].map { Double($0) ?? .nan }
      #expect(abs(numbers[0] - numbers[1] - numbers[2]) < 1e-9)
    }
    #expect(try cells(result, "explanations/contributions.csv").header == ["row", "c", "x", "z", "BiasTerm"])
    #expect(try !cells(result, "explanations/individual_curves.csv").rows.isEmpty)
    let page = try Project.text(result, "report.html")
    for title in [
      "Permutation importance", "Partial dependence", "Contributions to predictions", "Residuals by predictor",
    ] {
      #expect(page.contains("<h2>\(title)</h2>"), "\(title)")
    }
    #expect(!page.contains("aria-label=\"\"") && !page.contains("<caption></caption>"))
  }

  @Test("explanations are the same bytes for any number of threads")
  func threads() async throws {
    var texts: Set<String> = []
    for threads in [1, 3] {
      let (data, work) = (TemporaryFolder(), TemporaryFolder())
      try FileSystem().write(Self.table.utf8, to: "\(data.path)/t.csv")
      let job =
        Self.common + "response_column: k\nignored_columns: [y, m, p, o, w]\nexplanations: full\nbackground_rows: 20\n"
      let result = try await Project.run(
        Array(job.utf8), frames: data.path, work: work.path, threads: threads)
      let files = try FileSystem().list("\(result)/explanations")
      #expect(files.count == 5)
      texts.insert(
        try files.map { try Project.text(result, "explanations/\($0)") }.joined()
          + Project.text(result, "model/background.json"))
    }
    #expect(texts.count == 1)
  }

  @Test("an autoencoder has no explanations, and its contributions are refused with the reason")
  func autoencoder() async throws {
    let result = try await run(
      "training_frame: t.csv\nautoencoder: true\nhidden: [3]\nepochs: 2\nseed: 1\n")
    #expect(!FileSystem().exists("\(result)/explanations") && !FileSystem().exists("\(result)/model/background.json"))
    let failure = await #expect(throws: JobFailure.self) {
      try await run("kind: predict\nmodel: \(result)\nframe: t.csv\ncontributions: true\n")
    }
    #expect(failure?.description.contains("this model is an autoencoder") == true)
  }

  @Test("a grid explains its best model on its page, cross-validation the main model; folds have none")
  func gridsAndFolds() async throws {
    let base = "training_frame: t.csv\nresponse_column: k\nignored_columns: [y, m, p, o, w]\nepochs: 5\nseed: 1\n"
    let grid = try await run(
      base + "grid:\n  hyper_params:\n    hidden: [[3], [6]]\n")
    #expect(FileSystem().exists("\(grid)/explanations/permutation_importance.csv"))
    #expect(!FileSystem().exists("\(grid)/models/model_1/explanations"))
    #expect(try Project.text(grid, "report.html").contains("Best model: Permutation importance"))
    let folds = try await run(
      base + "hidden: [4]\nnfolds: 2\nkeep_cross_validation_models: true\n")
    #expect(FileSystem().exists("\(folds)/explanations/contributions.csv"))
    #expect(!FileSystem().exists("\(folds)/cross_validation/cv_1/explanations"))
  }

  @Test("the best model of a grid is explained by the metric of its preset")
  func gridWithPreset() async throws {
    let grid = try await run(
      "training_frame: t.csv\nresponse_column: k\nignored_columns: [y, m, p, o, w]\nepochs: 2\nseed: 1\n"
        + "preset: tabular\nhidden: [4]\ngrid:\n  hyper_params:\n    activation: [SELU, Mish]\n")
    let rows = try cells(grid, "explanations/permutation_importance.csv").rows
    #expect(!rows.isEmpty && rows.allSatisfy { $0[1] == "err" }, "\(rows)")
  }

  @Test("rows without an offset are not explained, because they have no prediction")
  func missingOffsets() async throws {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    let lines = Self.table.split(separator: "\n").enumerated().map { number, line -> String in
      guard number > 0, number % 4 == 0 else { return String(line) }
      var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      fields[4] = ""
      return fields.joined(separator: ",")
    }
    try FileSystem().write(Self.table.utf8, to: "\(data.path)/t.csv")
    try FileSystem().write(lines.joined(separator: "\n").utf8, to: "\(data.path)/v.csv")
    let job =
      Self.common
      + "validation_frame: v.csv\nresponse_column: y\noffset_column: o\nignored_columns: [k, m, p, n, w]\n"
    let result = try await Project.run(Array(job.utf8), frames: data.path, work: work.path)
    let importances = try cells(result, "explanations/permutation_importance.csv").rows
    #expect(!importances.isEmpty && importances.allSatisfy { $0[6] == "180" }, "\(importances)")
    let contributions = try cells(result, "explanations/contributions.csv").rows
    #expect(!contributions.isEmpty)
    for row in contributions { #expect(row.allSatisfy { Double($0)?.isFinite == true }, "\(row)") }
  }

  @Test("a model that continues another is explained; the page of a prediction has metrics if the table has responses")
  func continuedAndPredicted() async throws {
    let base = "training_frame: t.csv\nresponse_column: k\nignored_columns: [y, m, p, o, w]\nhidden: [4]\nseed: 1\n"
    let first = try await run(base + "epochs: 4\n")
    let second = try await run(base + "epochs: 8\ncheckpoint: \(first)\n")
    #expect(FileSystem().exists("\(second)/explanations/contributions.csv"))
    let result = try await run("kind: predict\nmodel: \(second)\nframe: t.csv\n")
    let page = try Project.text(result, "report.html")
    #expect(page.contains("Predictions of ‘k’") && page.contains("240 rows predicted"))
    #expect(page.contains("Confusion matrix") && page.contains("Distribution of the probability of ‘yes’"))
    #expect(!FileSystem().exists("\(result)/contributions.csv"))
  }
}
