import Foundation

/// The measurements, section by section.
struct Suite {
  private static let quick = "score_interval: 1000\nscore_duty_cycle: 0.01\nscore_training_samples: 100\n"

  let workspace: Workspace
  let report: Report
  private var deepspool: Deepspool { Deepspool(workspace: workspace) }

  var sections: [(String, () throws -> Void)] {
    [
      ("kernels", kernels), ("rows", rows), ("batches", batches), ("quality", quality), ("import", importing),
      ("predict", predicting), ("levels", levels),
    ]
  }

  var machine: String {
    let model =
      (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.firstMatch(of: /model name\s*: (.*)/)
      .map { String($0.1) } ?? "unknown"
    return "Machine: \(model), \(ProcessInfo.processInfo.activeProcessorCount) cores."
  }

  /// Kernels against what the core can do.
  private func kernels() throws {
    report.heading("Kernels and the limits of the core")
    let lines = try Command(workspace.program("Roofline"), []).objects()
    if let handshake = lines.compactMap({ $0["handshake_nanoseconds"] as? Double }).first {
      report.note(
        "Two threads need \(Report.figure(handshake)) ns to start and end a common task. Where the host has put the cores far "
          + "apart it is four times as much, and a second thread helps less with single rows.")
    }
    report.columns(["kernel", "inputs x units", "GB/s", "GFLOP/s", "share of the limit", "limit"])
    for line in lines {
      guard let kernel = line["kernel"] as? String, let shape = line["shape"] as? String else { continue }
      let bytes = line["gigabytes_per_second"] as? Double ?? 0
      report.row([
        kernel, shape, bytes > 0 ? Report.figure(bytes) : "-", Report.figure(line["gigaflops"] as? Double ?? 0),
        String(format: "%.0f %%", 100 * (line["share_of_limit"] as? Double ?? 0)), line["limit"] as? String ?? "",
      ])
    }
  }

  private func plainLoop(_ hidden: [Int], epochs: Double, threads: Int) throws -> Double {
    let objects = try Command(
      workspace.program("PlainLoop"),
      ["\(workspace.tables)/train.bin", "\(workspace.tables)/test.bin", String(epochs), String(threads)]
        + hidden.map(String.init)
    ).objects()
    return objects.last?["samples_per_second"] as? Double ?? .nan
  }

  /// One row at a time, H2O's semantics.
  private func rows() throws {
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
      "hidden", "threads", "deepspool", "plain C loop", "H2O", "to the C loop", "to H2O", "to one thread",
    ])
    for (hidden, epochs) in [([50, 50], 3.0), ([200, 200], 1.0), ([1024, 1024], 0.1)] {
      var alone = 0.0
      for threads in [1, 2] {
        let settings = Self.quick + "hidden: \(hidden)\nepochs: \(epochs)\nreproducible: true\n"
        // The better of two: the second run is free of what else the machine did.
        let ours = try (0..<2).map { _ in try deepspool.train(settings, threads: threads).samplesPerSecond }.max() ?? 0
        let plain = try plainLoop(hidden, epochs: epochs / 2, threads: threads)
        if threads == 1 { alone = ours }
        let peer = hidden == [200, 200] ? h2o[threads] : nil
        report.row([
          hidden.map(String.init).joined(separator: "-"), String(threads), Report.figure(ours), Report.figure(plain),
          peer.map(Report.figure) ?? "-",
          threads == 1 ? Report.ratio(ours / plain, atLeast: 1.2) : Report.figure(ours / plain),
          peer.map { Report.ratio(ours / $0, atLeast: threads == 1 ? 25 : 28) } ?? "-",
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
        + (h2o[1].map { ", to H2O with one thread \(Report.ratio(exact / $0, atLeast: 5))" } ?? "") + ".")
  }

  /// Mini-batches against PyTorch.
  private func batches() throws {
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
  private func quality() throws {
    report.heading("Time to 3.0 % test error (MNIST, 200-200, 2 threads, median of 3 seeds)")
    // Scoring is left out on both sides: one run tells the epochs that are needed, another how long so many take.
    let settings =
      "hidden: [200, 200]\nmini_batch_size: 64\nrho: 0.95\nepsilon: 3e-7\nclassification_stop: -1\n"
      + "train_samples_per_iteration: 0\n"
    let times = try [1, 2, 3].map { seed in
      let scored = try deepspool.train(
        settings + "epochs: 10\nscore_each_iteration: true\n", threads: 2, seed: seed)
      guard let epochs = scored.history.firstIndex(where: { $0.error <= 0.03 }).map({ $0 + 1 }) else {
        return Double.infinity
      }
      let timed = try deepspool.train(settings + Self.quick + "epochs: \(epochs)\n", threads: 2, seed: seed)
      return Double(epochs) * 60_000 / timed.samplesPerSecond
    }.sorted()
    report.columns(["system", "seconds"])
    report.row(["deepspool, ADADELTA (rho 0.95, epsilon 3e-7), batch 64", Report.figure(times[1])])
    guard workspace.hasPeers else { return }
    let peer = try workspace.peer("torch_peer.py", [workspace.tables, "2", "quality"])
    let best = peer["seconds"] as? Double ?? .nan
    for (name, seconds) in (peer["by"] as? [String: Double] ?? [:]).sorted(by: { $0.value < $1.value }) {
      report.row(["PyTorch, \(name)", Report.figure(seconds)])
    }
    report.note("PyTorch's best to ours: \(Report.ratio(best / times[1], atLeast: 1)).")
  }

  /// Reading the training table of MNIST: 110 MB plain, 13 MB gz.
  private func importing() throws {
    report.heading("Import (MNIST, 60,000 x 785, 2 threads, seconds)")
    let settings = Self.quick + "epochs: 0.001\n"
    let ours = try ["\(workspace.tables)/train.csv", "\(workspace.mnist)/train.csv.gz"].map { table in
      try (0..<3).compactMap { _ in
        try deepspool.train(settings, threads: 2, table: table).readSeconds.first
      }.min() ?? .nan
    }
    var polars: [String: Any] = [:]
    var h2o: [String: Any] = [:]
    if workspace.hasPeers {
      polars = try workspace.peer("polars_peer.py", [workspace.tables, workspace.mnist])
      h2o = try workspace.peer("h2o_peer.py", [workspace.tables, workspace.mnist, "2", "0.01"])
    }
    report.columns(["file", "deepspool", "Polars", "H2O", "Polars to ours", "H2O to ours"])
    for (seconds, key) in zip(ours, ["import_plain", "import_gz"]) {
      let peer = polars["\(key)_seconds"] as? Double
      let other = h2o["\(key)_seconds"] as? Double
      report.row([
        key == "import_gz" ? "gz" : "plain", Report.figure(seconds), peer.map(Report.figure) ?? "-",
        other.map(Report.figure) ?? "-", peer.map { Report.ratio($0 / seconds, atLeast: 1) } ?? "-",
        other.map { Report.figure($0 / seconds) } ?? "-",
      ])
    }
  }

  /// Predicting 60,000 rows that are in memory, and the peak of memory of a whole job.
  private func predicting() throws {
    report.heading("Prediction and memory (MNIST, 2 threads)")
    let run = try deepspool.train(Self.quick + "epochs: 1\n", threads: 2)
    let seconds = try (0..<3).map { _ in try deepspool.predictSeconds(run.result, threads: 2) }.min() ?? .nan
    var h2o: [String: Any] = [:]
    if workspace.hasPeers {
      h2o = try workspace.peer("h2o_peer.py", [workspace.tables, workspace.mnist, "2", "0.1"])
    }
    report.columns(["what", "deepspool", "H2O", "ratio"])
    let peer = h2o["predict_seconds"] as? Double
    report.row([
      "predict 60,000 rows, seconds", Report.figure(seconds), peer.map(Report.figure) ?? "-",
      peer.map { Report.ratio($0 / seconds, atLeast: 10) } ?? "-",
    ])
    let megabytes = Double(run.peakKilobytes) / 1024
    let other = (h2o["peak_kilobytes"] as? Double).map { $0 / 1024 }
    report.row([
      "peak memory: import, training, scoring, MB", Report.figure(megabytes), other.map(Report.figure) ?? "-",
      other.map { Report.ratio($0 / megabytes, atLeast: 4) } ?? "-",
    ])
  }

  /// One-hot inputs: the cost of a row must not grow with the number of levels.
  private func levels() throws {
    report.heading("One-hot inputs (three columns of so many levels, 200-200, one thread)")
    report.columns(["levels per column", "inputs", "weights", "samples/s", "of 10 levels"])
    var first = 0.0
    for levels in [10, 100, 1000, 10_000, 70_000, 100_000] {
      let table = try workspace.levelTable(levels: levels, rows: max(20_000, levels + 20_000))
      let run = try deepspool.train(
        Self.quick
          + "hidden: [200, 200]\nepochs: \(levels >= 10_000 ? 1 : 3)\nreproducible: true\nvariable_importances: false\n",
        threads: 1, table: table, response: "y")
      if first == 0 { first = run.samplesPerSecond }
      let inputs = 3 * (levels + 1)
      report.row([
        Report.figure(Double(levels)), Report.figure(Double(inputs)), Report.figure(Double(inputs * 200 + 200 * 202)),
        Report.figure(run.samplesPerSecond), Report.figure(run.samplesPerSecond / first),
      ])
    }
  }
}
