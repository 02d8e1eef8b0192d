import Foundation

/// Designs for sharing the training of one model between threads (docs/decisions/0007).
extension Suite {
  private struct Design {
    let name: String
    let settings: String
    let threads: Int
  }

  private static let designs = [
    Design(name: "one thread", settings: "reproducible: true\n", threads: 1),
    Design(name: "neurons shared", settings: "reproducible: true\n", threads: 2),
    Design(name: "averaged copies", settings: "training_shards: 2\n", threads: 2),
    Design(name: "without locks", settings: "unlocked_training: true\n", threads: 2),
  ]

  private static let shapes = [[50, 50], [200, 200], [1024, 1024]]

  /// Measures the seconds of training with two threads until a quality on the test rows of MNIST.
  func designsOnDigits() throws {
    beginDesigns("MNIST")
    for hidden in Self.shapes {
      try compare(
        workspace.digits, rows: 60_000, hidden: hidden, epochs: hidden[0] > 500 ? 1.5 : 4,
        wanted: "test error \(hidden[0] < 100 ? 4.5 : 3.5) %", better: <
      ) { $0.error * 100 }
    }
  }

  /// Measures the same on the mixed table.
  func designsOnAdult() throws {
    beginDesigns("adult")
    for hidden in Self.shapes {
      try compare(
        workspace.adult(), rows: 32_561, hidden: hidden, epochs: hidden[0] > 500 ? 2 : 6, wanted: "test AUC 90.5 %",
        better: >
      ) { $0.auc * 100 }
    }
  }

  private func beginDesigns(_ table: String) {
    report.heading("Designs for several threads (\(table), one row at a time, 2 threads, 3 seeds)")
    report.columns(["hidden", "design", "samples/s", "epochs to the goal", "seconds to the goal", "quality at the end"])
  }

  private func compare(
    _ table: Table, rows: Double, hidden: [Int], epochs: Double, wanted: String,
    better: (Double, Double) -> Bool, quality: (Deepspool.Scoring) -> Double
  ) throws {
    let target = wanted.firstMatch(of: /[0-9.]+/).flatMap { Double($0.0) } ?? .nan
    let base = "hidden: \(hidden)\nvariable_importances: false\n"
    // One run scores four times per epoch and gives the number of epochs; another without scoring gives their time.
    let looks =
      "epochs: \(epochs)\nscore_each_iteration: true\ntrain_samples_per_iteration: \(Int(rows / 4))\n"
      + "score_training_samples: 100\nclassification_stop: -1\n"
    for design in Self.designs {
      let speed = try deepspool.train(
        Self.quick + base + design.settings + "epochs: \(epochs / 2)\n", threads: design.threads, table: table
      ).samplesPerSecond
      let runs = try [1, 2, 3].map { seed in
        try deepspool.train(base + design.settings + looks, threads: design.threads, table: table, seed: seed).history
      }
      let needed = runs.map { history in
        history.first { better(quality($0), target) || quality($0) == target }?.epochs ?? .infinity
      }.sorted()
      let last = runs.map { $0.last.map(quality) ?? .nan }.reduce(0, +) / Double(runs.count)
      report.row([
        hidden.map(String.init).joined(separator: "-"), design.name, Report.figure(speed),
        Report.figure(needed[1]) + " (\(wanted))", Report.figure(needed[1] * rows / speed),
        String(format: "%.2f %%", last),
      ])
    }
  }
}
