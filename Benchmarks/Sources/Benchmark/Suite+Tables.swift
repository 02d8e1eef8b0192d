import Foundation

/// Reading tables and predicting their rows.
extension Suite {
  /// Measures reading the training table of MNIST: 110 MB plain, 13 MB gz.
  func importing() throws {
    report.heading("Import (MNIST, 60,000 x 785, 2 threads, seconds)")
    let settings = Self.quick + "epochs: 0.001\n"
    let ours = try ["\(workspace.tables)/train.csv", "\(workspace.mnist)/train.csv.gz"].map { table in
      try (0..<3).compactMap { _ in
        try deepspool.train(settings, threads: 2, table: Table(path: table, response: "label")).readSeconds.first
      }.min() ?? .nan
    }
    var polars: [String: Any] = [:]
    var h2o: [String: Any] = [:]
    if workspace.hasPeers {
      polars = try workspace.peer("polars_peer.py", [workspace.tables, workspace.mnist])
      h2o = try workspace.peer("h2o_peer.py", [workspace.tables, workspace.mnist, "2", "0.01"])
    }
    report.columns(["file", "deepspool", "Polars", "H2O", "Polars to deepspool", "H2O to deepspool"])
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

  /// Measures predicting 60,000 rows in memory, and the peak memory of a whole job.
  func predicting() throws {
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
}
