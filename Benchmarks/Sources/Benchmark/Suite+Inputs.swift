import Foundation

/// Inputs that are mostly zero: one-hot levels, sparse rows, mixed tables.
extension Suite {
  /// Returns speed and quality of H2O on `table`, 200-200; nil without peers.
  private func h2o(_ table: Table, threads: Int, epochs: Double, names: [String] = [], isSparse: Bool = false) throws
    -> (
      samplesPerSecond: Double, auc: Double
    )?
  {
    guard workspace.hasPeers else { return nil }
    let result = try workspace.peer(
      "h2o_table_peer.py",
      [table.path, table.response, String(threads), String(epochs)]
        + (table.validation.map { ["--test", $0] } ?? [])
        + (isSparse ? ["--sparse"] : [])
        + (names.isEmpty ? [] : ["--names", names.joined(separator: ",")]))
    return (result["samples_per_second"] as? Double ?? .nan, result["auc"] as? Double ?? .nan)
  }

  /// Measures one-hot inputs: the cost of a row must not grow with the number of levels.
  func levels() throws {
    report.heading("One-hot inputs (three categorical columns, 200-200, one thread)")
    report.columns(["levels per column", "inputs", "weights", "samples/s", "relative to 10 levels", "H2O", "to H2O"])
    var first = 0.0
    for levels in [10, 100, 1000, 10_000, 70_000, 100_000] {
      let rows = max(20_000, levels + 20_000)
      let table = try workspace.levelTable(levels: levels, rows: rows)
      let run = try deepspool.train(
        Self.quick
          + "hidden: [200, 200]\nepochs: \(levels >= 10_000 ? 1 : 3)\nreproducible: true\nvariable_importances: false\n",
        threads: 1, table: table)
      if first == 0 { first = run.samplesPerSecond }
      let inputs = 3 * (levels + 1)
      // H2O takes some seconds for these rows; with more levels it takes minutes and gigabytes.
      let peer =
        levels > 10_000
        ? nil : try h2o(table, threads: 1, epochs: min(1, 2e7 / Double(inputs) / Double(rows)))?.samplesPerSecond
      report.row([
        Report.figure(Double(levels)), Report.figure(Double(inputs)), Report.figure(Double(inputs * 200 + 200 * 202)),
        Report.figure(run.samplesPerSecond), Report.figure(run.samplesPerSecond / first),
        peer.map(Report.figure) ?? "-", peer.map { Report.figure(run.samplesPerSecond / $0) } ?? "-",
      ])
    }
  }

  /// Measures SVMLight rows that name fifty of many inputs.
  func sparse() throws {
    report.heading("Sparse rows (SVMLight, 50 inputs named per row, 200-200, samples per second)")
    report.columns(["inputs", "threads", "deepspool", "H2O", "to H2O"])
    for inputs in [1000, 10_000, 100_000] {
      let table = try workspace.sparseTable(inputs: inputs, named: 50, rows: 20_000)
      for threads in [1, 2] {
        let ours = try deepspool.train(
          Self.quick + "epochs: 2\nsparse: true\nreproducible: true\nvariable_importances: false\n", threads: threads,
          table: table
        ).samplesPerSecond
        // H2O is very slow on wide sparse tables.
        let peer =
          inputs > 10_000
          ? nil : try h2o(table, threads: threads, epochs: 500 / Double(inputs), isSparse: true)?.samplesPerSecond
        report.row([
          Report.figure(Double(inputs)), String(threads), Report.figure(ours), peer.map(Report.figure) ?? "-",
          peer.map { Report.figure(ours / $0) } ?? "-",
        ])
      }
    }
  }

  /// Measures a typical table: a few numeric and a few categorical columns.
  func adult() throws {
    report.heading("Mixed table (adult: 32,561 rows, 6 numeric and 8 categorical columns; 200-200, 2 epochs)")
    report.columns([
      "threads", "deepspool, samples/s", "H2O, samples/s", "to H2O", "deepspool, test AUC", "H2O, test AUC",
    ])
    for threads in [1, 2] {
      let settings = Self.quick + "epochs: 2\nreproducible: true\nvariable_importances: false\n"
      let ours = try deepspool.train(settings, threads: threads, table: workspace.adult())
      let peer = try h2o(workspace.adult(), threads: threads, epochs: 2, names: Workspace.adultColumns)
      report.row([
        String(threads), Report.figure(ours.samplesPerSecond), peer.map { Report.figure($0.samplesPerSecond) } ?? "-",
        peer.map { Report.figure(ours.samplesPerSecond / $0.samplesPerSecond) } ?? "-",
        String(format: "%.4f", ours.history.last?.auc ?? .nan), peer.map { String(format: "%.4f", $0.auc) } ?? "-",
      ])
    }
  }
}
