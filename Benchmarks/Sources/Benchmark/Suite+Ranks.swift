import Foundation

/// Training on several processes (ranks), compared with threads.
extension Suite {
  /// A division of the training of one model.
  private struct Division {
    let name: String
    let copies: Int
    var ranks = 1
    let threads: Int
  }

  private static let divisions = [
    Division(name: "1 thread", copies: 1, threads: 1),
    Division(name: "2 threads share the neurons", copies: 1, threads: 2),
    Division(name: "2 threads, a copy each", copies: 2, threads: 2),
    Division(name: "2 ranks, a copy each", copies: 2, ranks: 2, threads: 1),
    Division(name: "2 threads, two copies each", copies: 4, threads: 2),
    Division(name: "2 ranks, two copies each", copies: 4, ranks: 2, threads: 1),
    Division(name: "4 ranks, a copy each, oversubscribed", copies: 4, ranks: 4, threads: 1),
  ]

  /// The test error to which time is measured.
  private static let wantedError = 0.03
  /// More copies need more epochs; these are enough for up to four.
  private static func enoughEpochs(copies: Int) -> Int { 4 + 3 * copies }

  /// Measures speed, the share of averaging, and the time to 3 % test error.
  func ranks() throws {
    let seeds = 1...3
    report.heading(
      "Threads and ranks (MNIST, 200-200, ADADELTA, row by row, averaged every 500 rows per copy)")
    guard FileManager.default.isExecutableFile(atPath: workspace.rankWorker) else {
      return report.note("Not measured: deepspool-mpi-worker is missing, see Tests/Support/build-mpi-worker.sh.")
    }
    report.note(
      """
      Speed is that of the fastest of 3 runs, and averaging its share of the time: waiting for the slowest
      copy, communication and sums. Epochs: the median of \(seeds.count) seeds, scored after every epoch; a model
      depends on the number of copies, but not on threads and ranks.
      """)
    report.columns(["division", "copies", "samples/s", "to 1 thread", "averaging", "epochs to 3 %", "seconds to 3 %"])
    var (epochs, alone) = ([Int: Double](), Double.nan)
    for division in Self.divisions {
      let copies = division.copies
      let needed = try epochs[copies] ?? epochsToGoal(copies: copies, seeds: seeds)
      epochs[copies] = needed
      let run = try fastest(division)
      if division.threads * division.ranks == 1 { alone = run.samplesPerSecond }
      report.row([
        division.name, String(copies), Report.figure(run.samplesPerSecond),
        Report.figure(run.samplesPerSecond / alone),
        copies == 1 ? "-" : Report.figure(100 * run.averagingShare) + " %", Report.figure(needed),
        Report.figure(needed * 60_000 / run.samplesPerSecond),
      ])
    }
  }

  private func settings(copies: Int) -> String {
    "hidden: [200, 200]\nreproducible: true\ntraining_shards: \(copies)\nclassification_stop: -1\n"
      + "variable_importances: false\nexplanations: none\n"
  }

  /// Other programs may disturb a run.
  private func fastest(_ division: Division) throws -> Deepspool.Run {
    let runs = try (0..<3).map { _ in
      try deepspool.train(
        settings(copies: division.copies) + Self.quick + "epochs: 1\n", threads: division.threads,
        ranks: division.ranks)
    }
    return runs.max { $0.samplesPerSecond < $1.samplesPerSecond } ?? runs[0]
  }

  private func epochsToGoal(copies: Int, seeds: ClosedRange<Int>) throws -> Double {
    let needed = try seeds.map { seed in
      try deepspool.train(
        settings(copies: copies) + "epochs: \(Self.enoughEpochs(copies: copies))\nscore_each_iteration: true\n",
        threads: 2, seed: seed
      ).history.first { $0.error <= Self.wantedError }?.epochs ?? .infinity
    }
    return needed.sorted()[seeds.count / 2]
  }
}
