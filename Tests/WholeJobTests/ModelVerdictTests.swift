import DurableFiles
import Foundation
import Jobs
import TestSupport
import Testing

@Suite("Comparison with the trivial model")
struct ModelVerdictTests {
  /// x predicts y, k and c well, z1 to z9 are noise; k is "y" in a quarter of the rows, c is
  /// one of 20 classes.
  private static func table(_ rowCount: Int, seed: UInt64) -> String {
    var numbers = UniformNumbers(seed: seed)
    return "x,z1,z2,z3,z4,z5,z6,z7,z8,z9,y,k,r,c,w\n"
      + (0..<rowCount).map { row in
        let x = numbers.next()
        let noise = (0..<9).map { _ in String(numbers.next()) }.joined(separator: ",")
        return
          "\(x),\(noise),\(100 + 5 * x + numbers.next()),\(x > 0.75 ? "y" : "n"),\(numbers.next() < 0.3 ? "p" : "q"),"
          + "c\(Int(x * 20)),\(1 + row % 3)\n"
      }.joined()
  }

  private struct Run {
    let result: String
    let warnings: [String]
    let folders: [TemporaryFolder]
  }

  private func run(_ settings: String, rows: Int = 300) async throws -> Run {
    let (data, work) = (TemporaryFolder(), TemporaryFolder())
    try FileSystem().write(Self.table(rows, seed: 1).utf8, to: "\(data.path)/t.csv")
    try FileSystem().write(Self.table(200, seed: 2).utf8, to: "\(data.path)/v.csv")
    let text = "training_frame: t.csv\nseed: 4\nreproducible: true\n\(settings)\n"
    let told = ToldSentences()
    let result = try await Project.run(Array(text.utf8), frames: data.path, work: work.path, onEvent: told.hear)
    return Run(result: result, warnings: told.all, folders: [data, work])
  }

  private func baseline(_ run: Run) throws -> [String: [String: Any]] {
    try require(Project.metrics(run.result, "baseline") as? [String: [String: Any]], "baseline")
  }

  /// Returns a column of a table of the run.
  private func column(_ name: String, _ run: Run, _ file: String) throws -> [String] {
    let lines = try Project.text(run.folders[0].path, file).split(separator: "\n").map { $0.split(separator: ",") }
    let index = try #require(lines[0].firstIndex { $0 == name })
    return lines.dropFirst().map { String($0[index]) }
  }

  @Test("baseline: log loss and error of the weighted base rates, for every table")
  func classes() async throws {
    let run = try await run(
      "response_column: k\nweights_column: w\nvalidation_frame: v.csv\nnfolds: 3\nhidden: [8]\nepochs: 20\n"
        + "ignored_columns: [r, c, y]")
    func rows(_ file: String) throws -> [(isRare: Bool, weight: Double)] {
      zip(try column("k", run, file), try column("w", run, file)).map { ($0 == "y", Double($1) ?? .nan) }
    }
    func share(_ rows: [(isRare: Bool, weight: Double)]) -> Double {
      rows.reduce(0) { $0 + ($1.isRare ? $1.weight : 0) } / rows.reduce(0) { $0 + $1.weight }
    }
    let rate = share(try rows("t.csv"))
    let found = try baseline(run)
    #expect(Set(found.keys) == ["training", "validation", "cross_validation"])
    for (part, file) in [("training", "t.csv"), ("validation", "v.csv"), ("cross_validation", "t.csv")] {
      let own = share(try rows(file))
      let metrics = try #require(found[part])
      let loss = -own * log(rate) - (1 - own) * log(1 - rate)
      #expect(abs(try #require(metrics["logloss"] as? Double) - loss) < 1e-12, "\(part)")
      #expect(metrics["AUC"] as? Double == 0.5)
      // It always predicts the more frequent class.
      #expect(abs(try #require(metrics["err"] as? Double) - own) < 1e-12, "\(part)")
      #expect(Set(metrics.keys) == Set(try Project.metrics(run.result, part).keys))
    }
    let report = try Project.text(run.result, "report.html")
    let verdict = try #require(report.firstMatch(of: /<p class="verdict">([^<]*)<\/p>/)).1
    #expect(verdict.hasPrefix("On the held-out rows of cross-validation the log loss is "))
    #expect(
      verdict.contains("% below the ") && verdict.hasSuffix("of always predicting the base rates of the training rows.")
    )
    #expect(!run.warnings.contains { $0.contains("no better") }, "\(run.warnings)")
  }

  @Test("baseline of a regression: its mean, with an R² of 0; only for existing tables")
  func number() async throws {
    let run = try await run("response_column: y\nhidden: [8]\nepochs: 20\nignored_columns: [k, r, c]")
    let values = try column("y", run, "t.csv").compactMap(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    let found = try baseline(run)
    #expect(found.count == 1)
    let metrics = try #require(found["training"])
    // Metrics use responses in single precision: 24 bits of about 100.
    #expect(abs(try #require(metrics["MSE"] as? Double) - variance) < 1e-5)
    #expect(abs(try #require(metrics["r2"] as? Double)) < 1e-5)
    let report = try Project.text(run.result, "report.html")
    #expect(report.contains("<p class=\"verdict\">On the training rows the mean residual deviance is "))
    #expect(report.contains("of always predicting the mean of the training rows."))
  }

  @Test("baseline of an autoencoder: the means of its inputs")
  func autoencoder() async throws {
    let run = try await run(
      "autoencoder: true\nhidden: [4]\nactivation: Tanh\nepochs: 5\nignored_columns: [k, r, c, y, w]")
    // Inputs of autoencoders are scaled by their range, in single precision with seven digits.
    let shares = try (["x"] + (1...9).map { "z\($0)" }).map { name in
      let values = try column(name, run, "t.csv").compactMap(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      let range = try #require(values.max()) - (try #require(values.min()))
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count) / (range * range)
    }
    let loss = try #require(baseline(run)["training"]?["MSE"] as? Double)
    #expect(abs(loss - shares.reduce(0, +) / 10) < 1e-6)
    #expect(try Project.text(run.result, "report.html").contains("of always reconstructing the means"))
  }

  @Test("a model of noise is reported as useless and overfitted in journal, metrics.json, plan.yaml and report")
  func worthless() async throws {
    let run = try await run(
      "response_column: r\nvalidation_frame: v.csv\nhidden: [60]\nepochs: 300\nignored_columns: [k, c, y, w]\n"
        + "overwrite_with_best_model: false\nstopping_rounds: 0", rows: 80)
    let useless = try #require(run.warnings.first { $0.hasPrefix("the model is no better than always predicting") })
    let overfitted = try #require(run.warnings.first { $0.hasPrefix("the model overfits: its log loss is ") })
    for file in ["metrics.json", "plan.yaml", "report.html"] {
      let text = try Project.text(run.result, file)
      #expect(text.contains(useless) && text.contains(overfitted), "\(file)")
    }
    let report = try Project.text(run.result, "report.html")
    #expect(
      report.contains(
        /<p class="verdict">On the validation rows the log loss is [^<]*, worse than the [0-9.]+ of always/))
    #expect(try Project.text(run.result, "events.jsonl").contains("the model overfits"))
  }

  @Test("the verdict uses the deciding metric, also if larger is better")
  func metric() async throws {
    let run = try await run(
      "response_column: k\nstopping_metric: AUC\nhidden: [8]\nepochs: 20\nignored_columns: [r, c, y, w]")
    let auc = try #require(Project.metrics(run.result)["AUC"] as? Double)
    #expect(auc > 0.8)
    let report = try Project.text(run.result, "report.html")
    #expect(report.contains("On the training rows the area under the ROC curve is "))
    #expect(report.contains(", better than the 0.5 of always predicting the base rates of the training rows."))
  }

  @Test("max_hit_ratio_k: 15 gives 15 ratios of 20 classes, but 10 under h2o-3.46")
  func hitRatios() async throws {
    let job = "response_column: c\nmax_hit_ratio_k: 15\nhidden: [4]\nepochs: 2\nignored_columns: [r, k, y, w]\n"
    let run = try await run(job)
    #expect((try Project.metrics(run.result)["hit_ratios"] as? [Double])?.count == 15)
    #expect(try Project.text(run.result, "hit_ratios_training.csv").split(separator: "\n").count == 16)
    let old = try await self.run(job + "compatibility: h2o-3.46")
    #expect((try Project.metrics(old.result)["hit_ratios"] as? [Double])?.count == 10)
  }

  @Test("the report has matrix, curves, gains, thresholds and provenance, for every table")
  func report() async throws {
    let run = try await run(
      "response_column: k\nmodel_id: rare\nvalidation_frame: v.csv\nnfolds: 3\nhidden: [8]\nepochs: 5\n"
        + "ignored_columns: [r, c, y, w]")
    let report = try Project.text(run.result, "report.html")
    for part in ["training", "validation", "cross-validation"] {
      for phrase in [
        "aria-label=\"confusion matrix, \(part). ", "\(part): area ", "Groups on \(part)",
        "Best thresholds on \(part)", "Error rate per class, worst first, \(part)", "On \(part): ",
        "At this threshold, \(part)", "Distribution of probabilities, \(part)",
      ] { #expect(report.contains(phrase), "\(phrase)") }
    }
    let checksum = try #require(Project.metrics(run.result, "model")["checksum"] as? String)
    #expect(checksum.count == 16 && report.contains(checksum))
    var host = [CChar](repeating: 0, count: 256)
    gethostname(&host, 255)
    let name = String(decoding: host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #expect(report.contains(/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ on ./) && report.contains("Z on \(name)<"))
    for phrase in [
      "<td>rare</td>", "model category", "Binomial", "training rows", "largest F1",
      "scoring time", "t.csv: ", "v.csv: ", "XXH3",
    ] {
      #expect(report.contains(phrase), "\(phrase)")
    }
  }
}
