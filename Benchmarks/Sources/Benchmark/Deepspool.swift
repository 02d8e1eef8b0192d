import Foundation

/// Runs deepspool jobs and reads their results.
struct Deepspool {
  /// The quality on test rows after a number of epochs; NaN if the job has no such metric.
  struct Scoring {
    let epochs: Double
    let error: Double
    let auc: Double
  }

  struct Run {
    let samplesPerSecond: Double
    /// One entry per scoring.
    let history: [Scoring]
    /// The share of the training in which copies were averaged; 0 for a single copy.
    let averagingShare: Double
    let peakKilobytes: Int
    let readSeconds: [Double]
    let result: String
  }

  let workspace: Workspace

  /// The part of metrics.json that is measured.
  private struct Metrics: Decodable {
    struct TrainingRun: Decodable {
      let seconds: Double
      let averagingSeconds: Double?
    }
    let trainingRun: TrainingRun
  }

  /// Trains on `table` (default MNIST) with `settings` in the job file.
  func train(_ settings: String, threads: Int, ranks: Int = 1, table: Table? = nil, seed: Int = 1) throws -> Run {
    let table = table ?? workspace.digits
    let name = "\(workspace.tables)/job-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: "\(name).yaml") }
    let text = table.settings + "seed: \(seed)\noverwrite_with_best_model: false\nstopping_rounds: 0\n" + settings
    try text.write(toFile: "\(name).yaml", atomically: true, encoding: .utf8)
    let run = try Command(
      workspace.deepspool,
      ["run", "\(name).yaml", "--output", name, "--threads", String(threads), "--ranks", String(ranks)]
    ).run()
    let history = try rows("\(name)/scoring_history.csv")
    let speed = history.last?["training_speed"]?.split(separator: " ").first.flatMap { Double($0) } ?? 0
    let read = run.errors.matches(of: /read in ([0-9.e-]+) s/).compactMap { Double($0.1) }
    return Run(
      samplesPerSecond: speed,
      history: history.map { row in
        func number(_ name: String) -> Double { row[name].flatMap { Double($0) } ?? .nan }
        return Scoring(
          epochs: number("epochs"), error: number("validation_classification_error"), auc: number("validation_auc"))
      }, averagingShare: try averagingShare("\(name)/metrics.json"), peakKilobytes: run.peakKilobytes,
      readSeconds: read, result: name)
  }

  private func averagingShare(_ path: String) throws -> Double {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let run = try decoder.decode(Metrics.self, from: Data(contentsOf: URL(fileURLWithPath: path))).trainingRun
    return (run.averagingSeconds ?? 0) / run.seconds
  }

  /// Returns the seconds to predict the training table of MNIST, without reading and writing.
  func predictSeconds(_ result: String, threads: Int) throws -> Double {
    let run = try Command(
      workspace.deepspool,
      [
        "predict", "--model", result, "--frame", "\(workspace.mnist)/train.csv.gz", "--threads", String(threads),
        "--times", "--output", "\(workspace.tables)/predictions.csv",
      ]
    ).run()
    return run.errors.firstMatch(of: /predicted in ([0-9.e-]+) s/).flatMap { Double($0.1) } ?? .nan
  }

  /// Returns the named columns of a table, row by row; the columns must not contain quotes.
  private func rows(_ path: String) throws -> [[String: String]] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let names = lines.first?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(names, fields), uniquingKeysWith: { first, _ in first })
    }
  }
}
