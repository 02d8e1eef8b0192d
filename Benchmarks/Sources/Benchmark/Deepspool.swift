import Foundation

/// Runs jobs of deepspool and reads what they tell.
struct Deepspool {
  struct Run {
    let samplesPerSecond: Double
    /// Seconds of training and test error at each scoring.
    let history: [(seconds: Double, error: Double)]
    let peakKilobytes: Int
    let readSeconds: [Double]
    let result: String
  }

  let workspace: Workspace

  /// Trains MNIST, or `table`, with `settings` in the job file.
  func train(
    _ settings: String, threads: Int, table: String? = nil, response: String = "label", seed: Int = 1
  ) throws -> Run {
    let name = "\(workspace.tables)/job-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: "\(name).yaml") }
    var text =
      "training_frame: \(table ?? "\(workspace.mnist)/train.csv.gz")\nresponse_column: \(response)\nseed: \(seed)\n"
    if table == nil { text += "validation_frame: \(workspace.mnist)/test.csv.gz\n" }
    text += "overwrite_with_best_model: false\nstopping_rounds: 0\n" + settings
    try text.write(toFile: "\(name).yaml", atomically: true, encoding: .utf8)
    let run = try Command(
      workspace.deepspool, ["run", "\(name).yaml", "--output", name, "--threads", String(threads)]
    ).run()
    let history = try rows("\(name)/scoring_history.csv")
    let speed = history.last?["training_speed"]?.split(separator: " ").first.flatMap { Double($0) } ?? 0
    let read = run.errors.matches(of: /read in ([0-9.e-]+) s/).compactMap { Double($0.1) }
    return Run(
      samplesPerSecond: speed,
      history: history.compactMap { row in
        guard let seconds = row["duration"]?.split(separator: " ").first.flatMap({ Double($0) }),
          let error = row["validation_classification_error"].flatMap({ Double($0) })
        else { return nil }
        return (seconds, error)
      }, peakKilobytes: run.peakKilobytes, readSeconds: read, result: name)
  }

  /// Seconds of predicting the training table of MNIST, without reading and writing.
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

  /// Columns by name, row after row, of a table without quotes in what is asked for.
  private func rows(_ path: String) throws -> [[String: String]] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let names = lines.first?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(names, fields), uniquingKeysWith: { first, _ in first })
    }
  }
}
