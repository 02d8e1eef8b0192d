import DurableFiles
import Foundation
import TestSupport
import Testing

/// Reports, and the metrics and tables that they draw, of whole jobs.
@Suite("Reports")
struct ReportTests {
  /// 300 rows: y and k follow x, c has three classes, t is text, o is constant.
  private static let table =
    "x,z,c,o,t,k,y\n"
    + (0..<300).map { row in
      let x = Double(row * 37 % 300) / 300
      return "\(x),\(Double(row * 53 % 100) / 100),c\(row * 37 % 300 / 100),1,text \(row),"
        + "\(x + Double(row * 53 % 100) / 500 > 0.6 ? "yes" : "no"),\(10 * x + 1)\n"
    }.joined()

  private func run(_ job: String) async throws -> (result: String, folders: [TemporaryFolder]) {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(Self.table.utf8, to: "\(data.path)/t.csv")
    let text = "training_frame: t.csv\nhidden: [8]\nseed: 1\nreproducible: true\n\(job)"
    return (try await Project.run(Array(text.utf8), frames: data.path, work: work.path), [data, work])
  }

  /// Returns the columns of a CSV file of the result as numbers.
  private func numbers(_ result: String, _ file: String) throws -> [[Double]] {
    try Project.text(result, file).split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",").map { Double($0) ?? .nan }
    }
  }

  @Test("two classes: calibration and scores of every table, a slider, and the delivered epoch in the first lines")
  func binomial() async throws {
    let (result, folders) = try await run(
      "response_column: k\nignored_columns: [y]\nvalidation_fraction: 0.3\nepochs: 10\n")
    defer { withExtendedLifetime(folders) {} }
    for part in ["training", "validation"] {
      let rows = try #require(Project.metrics(result, part)["nobs"] as? Int)
      let groups = try numbers(result, "calibration_\(part).csv")
      #expect(groups.count <= 10 && groups.reduce(0) { $0 + $1[3] } == Double(rows))
      let error = groups.reduce(0) { $0 + $1[3] * abs($1[4] - $1[5]) } / Double(rows)
      #expect(abs(try #require(Project.metrics(result, part)["calibration_error"] as? Double) - error) < 1e-12)
      let bins = try numbers(result, "score_histogram_\(part).csv")
      #expect(bins.count == 20 && bins.reduce(0) { $0 + $1[2] + $1[3] } == Double(rows))
      #expect(try Project.text(result, "score_histogram_\(part).csv").hasPrefix("from,to,no,yes\n"))
    }
    let page = try Project.text(result, "report.html")
    #expect(page.contains("<p class=\"assessment\">The model is "))
    #expect(page.contains("data-thresholds=") && page.contains("Consequences of thresholds on validation"))
    for caption in ["ROC curve", "Precision and recall", "Gains", "Cumulative lift", "Calibration"] {
      #expect(page.contains("<figcaption>\(caption)</figcaption>"), "\(caption)")
    }
    #expect(page.contains("left out: in ignored_columns") && page.contains("left out: constant"))
    #expect(page.contains("deepspool predict --model .") && page.contains("onnxruntime.InferenceSession"))
    // Every chart and table has a text alternative.
    #expect(!page.contains("aria-label=\"\"") && !page.contains("<caption></caption>"))
  }

  @Test("the delivered network is marked at its metrics in metrics.json, also if it was not scored during training")
  func delivered() async throws {
    let (result, folders) = try await run(
      "response_column: y\nignored_columns: [k]\nvalidation_fraction: 0.3\nepochs: 60\nscore_interval: 1000\n")
    defer { withExtendedLifetime(folders) {} }
    let page = try Project.text(result, "report.html")
    for part in ["training", "validation"] {
      let metrics = try Project.metrics(result, part)
      for (caption, name) in [("mean squared error", "MSE"), ("mean absolute error", "mae")] {
        let drawing = try Regex("aria-label=\"\(caption) during.*?</svg>", as: Substring.self)
        let chart = try #require(page.firstMatch(of: drawing)).output
        let marked = try Regex("<title>\(part), delivered: [^<]*: ([0-9.e-]+)</title>", as: (Substring, Substring).self)
        let text = try #require(chart.firstMatch(of: marked)).1
        let value = try #require(Double(text))
        let wanted = try #require(metrics[name] as? Double)
        // The tooltip has four significant digits.
        #expect(abs(value - wanted) <= 0.0006 * wanted, "\(part) \(name)")
      }
    }
    let epochs = try #require(Project.metrics(result, "best")["epochs"] as? Double)
    let scored = try numbers(result, "scoring_history.csv").map { $0[3] }
    #expect(scored.contains(epochs) || page.contains("The large dots are the delivered network"))
    #expect(page.contains("<p class=\"status\">Trained 60 of 60 epochs in ") && !page.contains("epochs reached"))
    #expect(page.contains("<pre>deepspool run job.yaml --output again</pre>"))
  }

  @Test("a single learning curve has a drawing for large screens, too")
  func single() async throws {
    let (result, folders) = try await run("autoencoder: true\nignored_columns: [k, t]\nepochs: 5\nscore_interval: 0\n")
    defer { withExtendedLifetime(folders) {} }
    let page = try Project.text(result, "report.html")
    #expect(page.contains("<div class=\"whole\"><svg class=\"chart\" viewBox=\"0 0 1100 "))
  }

  @Test("cross-validation of a regression: residuals and curves of every table and fold")
  func regression() async throws {
    let (result, folders) = try await run("response_column: y\nignored_columns: [k]\nnfolds: 3\nepochs: 5\n")
    defer { withExtendedLifetime(folders) {} }
    let residuals = try #require(Project.metrics(result, "residuals") as? [String: [String: Any]])
    #expect(Set(residuals.keys) == ["training", "cross_validation"])
    for (part, values) in residuals {
      #expect(values["rows"] as? Int == 300)
      let (mean, deviation) = (values["mean"] as? Double ?? .nan, values["deviation"] as? Double ?? .nan)
      let error = try #require(Project.metrics(result, part)["MSE"] as? Double)
      #expect(abs(mean * mean + deviation * deviation - error) < 1e-5 * (1 + error), "\(part)")
      #expect(try numbers(result, "residuals_\(part).csv").count == 7)
      #expect(try numbers(result, "actual_by_prediction_\(part).csv").reduce(0) { $0 + $1[1] } == 300)
    }
    let page = try Project.text(result, "report.html")
    #expect(page.contains("rows, cross-validation: dots on the line") && page.contains("fold 3: from "))
    // Metrics that are undefined for deep learning are not rows of dashes.
    #expect(!page.contains(">loglikelihood<") && page.contains(">rmse<"))
  }

  @Test("the page of a grid has a picture of the search and the charts of the best model")
  func grid() async throws {
    let (result, folders) = try await run(
      "response_column: k\nignored_columns: [y]\nepochs: 3\n"
        + "grid: {hyper_params: {l1: [0, 0.01], activation: [Rectifier, Tanh]}}\n")
    defer { withExtendedLifetime(folders) {} }
    let page = try Project.text(result, "report.html")
    #expect(
      page.contains("One line per model across l1, activation,") && page.contains("<figcaption>By l1</figcaption>"))
    #expect(page.contains("Best model: Confusion matrix") && page.contains("data-thresholds="))
    #expect(page.contains("The best model, model_") && page.contains(", has l1 "))
    #expect(!FileSystem().exists("\(result)/charts.json"))
  }

  @Test("a training with many scorings makes a small page that keeps the extremes; the CSV file has all")
  func manyScorings() async throws {
    let (result, folders) = try await run(
      "response_column: y\nignored_columns: [k, t]\nepochs: 600\ntrain_samples_per_iteration: 300\n"
        + "score_each_iteration: true\nstopping_rounds: 0\n")
    defer { withExtendedLifetime(folders) {} }
    let history = try Project.text(result, "scoring_history.csv").split(separator: "\n").count - 1
    #expect(history > 500)
    let page = try Project.text(result, "report.html")
    #expect(page.contains(" of \(history) scorings, with the first, the last"))
    #expect(page.utf8.count < 200_000)
  }

  @Test("plan.yaml and report agree on the origin of every parameter, also of overruled ones")
  func origins() async throws {
    let (result, folders) = try await run(
      "response_column: y\nignored_columns: [k]\nepochs: 2\ntrain_samples_per_iteration: 100000\n"
        + "score_each_iteration: false\n")
    defer { withExtendedLifetime(folders) {} }
    let plan = try Project.text(result, "plan.yaml")
    let page = try Project.text(result, "report.html")
    var compared = 0
    for line in plan.split(separator: "\n") {
      guard let found = line.firstMatch(of: /^([a-z0-9_]+): .*# (given|chosen|default)/) else { continue }
      let row = try #require(
        page.split(separator: "\n").first { $0.contains(">\(found.1)</th>") && $0.contains("<td>") }, "\(found.1)")
      #expect(row.contains("<td>\(found.2)</td>"), "\(found.1): \(row)")
      compared += 1
    }
    #expect(compared > 80)
    // A reproducible training scores after each iteration, whatever the job says.
    #expect(plan.contains("score_each_iteration: true  # chosen"))
  }

  @Test("the policy of the page allows its script, and no other")
  func script() async throws {
    let (result, folders) = try await run("response_column: k\nignored_columns: [y]\nepochs: 1\n")
    defer { withExtendedLifetime(folders) {} }
    let page = try Project.text(result, "report.html")
    let script = try #require(page.firstMatch(of: /<script>([\s\S]*)<\/script>/)).1
    let allowed = try #require(page.firstMatch(of: /script-src 'sha256-([^']*)'/)).1
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
    try input.fileHandleForWriting.close()
    let hex = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64)
    process.waitUntilExit()
    let digits = Array(hex)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    #expect(Data(bytes).base64EncodedString() == allowed)
  }
}
