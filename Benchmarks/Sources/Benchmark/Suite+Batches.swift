import Foundation

/// Mini-batches.
extension Suite {
  /// Compares mini-batches with PyTorch.
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
}
