import Foundation

/// Mini-batches, and how soon they reach a quality.
extension Suite {
  /// Mini-batches against PyTorch.
  func batches() throws {
    report.heading("Mini-batches (MNIST, samples per second)")
    report.columns(["hidden", "batch", "threads", "deepspool", "PyTorch", "ratio"])
    for hidden in [[50, 50], [200, 200], [1024, 1024]] {
      for batch in hidden == [200, 200] ? [32, 128, 256] : [256] {
        for threads in [1, 2] {
          let settings =
            Self.quick + "hidden: \(hidden)\nepochs: \(hidden[0] > 500 ? 1 : 6)\nmini_batch_size: \(batch)\n"
          let ours =
            try (0..<2).map { _ in try deepspool.train(settings, threads: threads).samplesPerSecond }.max() ?? 0
          var peer: Double?
          if workspace.hasPeers {
            peer =
              try workspace.peer(
                "torch_peer.py",
                [workspace.tables, String(threads), "speed", String(batch)] + hidden.map(String.init))[
                "samples_per_second"] as? Double
          }
          report.row([
            hidden.map(String.init).joined(separator: "-"), String(batch), String(threads), Report.figure(ours),
            peer.map(Report.figure) ?? "-",
            peer.map { batch == 256 ? Report.ratio(ours / $0, atLeast: 1.2) : Report.figure(ours / $0) } ?? "-",
          ])
        }
      }
    }
  }

  /// Seconds of training until the test error is 3.0 %.
  func quality() throws {
    report.heading("Time to 3.0 % test error (MNIST, 200-200, 2 threads, median of 3 seeds)")
    var best = Double.infinity
    report.columns(["system", "seconds"])
    for (name, learning) in Self.learners {
      let seconds = try [1, 2, 3].map { try secondsToQuality(learning, seed: $0) }.sorted()[1]
      report.row(["deepspool, \(name)", Report.figure(seconds)])
      best = min(best, seconds)
    }
    guard workspace.hasPeers else { return }
    let peer = try workspace.peer("torch_peer.py", [workspace.tables, "2", "quality"])
    let peersBest = peer["seconds"] as? Double ?? .nan
    for (name, seconds) in (peer["by"] as? [String: Double] ?? [:]).sorted(by: { $0.value < $1.value }) {
      report.row(["PyTorch, \(name)", Report.figure(seconds)])
    }
    report.note("PyTorch's best to ours: \(Report.ratio(peersBest / best, atLeast: 1)).")
  }

  /// Update rules that get far in few epochs; torch_peer.py tries as many of PyTorch's.
  private static let learners = [
    ("ADADELTA (rho 0.95, epsilon 3e-7), batch 64", "mini_batch_size: 64\nrho: 0.95\nepsilon: 3e-7\n"),
    ("ADADELTA (rho 0.95, epsilon 3e-7), batch 32", "mini_batch_size: 32\nrho: 0.95\nepsilon: 3e-7\n"),
    (
      "momentum 0.9 (rate 0.1, annealing 1e-5), batch 64",
      "mini_batch_size: 64\nadaptive_rate: false\nrate: 0.1\nrate_annealing: 1e-5\n"
        + "momentum_start: 0.9\nmomentum_stable: 0.9\n"
    ),
    (
      "momentum 0.9 (rate 0.06, annealing 2e-5), batch 32",
      "mini_batch_size: 32\nadaptive_rate: false\nrate: 0.06\nrate_annealing: 2e-5\n"
        + "momentum_start: 0.9\nmomentum_stable: 0.9\n"
    ),
  ]

  /// Scoring is left out on both sides: one run tells the epochs that are needed, another how long so many take.
  private func secondsToQuality(_ learning: String, seed: Int) throws -> Double {
    let settings = "hidden: [200, 200]\nclassification_stop: -1\ntrain_samples_per_iteration: 0\n" + learning
    let scored = try deepspool.train(settings + "epochs: 10\nscore_each_iteration: true\n", threads: 2, seed: seed)
    guard let epochs = scored.history.first(where: { $0.error <= 0.03 })?.epochs else { return .infinity }
    let timed = try deepspool.train(settings + Self.quick + "epochs: \(epochs)\n", threads: 2, seed: seed)
    return epochs * 60_000 / timed.samplesPerSecond
  }
}
