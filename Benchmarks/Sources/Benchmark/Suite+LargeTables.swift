import Foundation

/// Reading large tables, and the memory of training on them.
extension Suite {
  /// A table that a script of `Tests/Support/tables` writes.
  private struct Script {
    let name: String
    let response: String
    let rows: Int
    /// The wanted ratio of the peer's time to that of deepspool, by the ending of the file.
    let goals: [String: Double]
  }

  private static let scripts = [
    Script(name: "mixed", response: "customer", rows: 1_500_000, goals: ["csv": 1, "parquet": 1 / 1.5]),
    Script(name: "strings", response: "y", rows: 1_000_000, goals: ["csv": 1 / 1.5, "parquet": 1 / 1.5]),
    Script(name: "large", response: "y", rows: 4_000_000, goals: [:]),
  ]
  private static let series = [250_000, 500_000, 1_000_000, 2_000_000, 4_000_000]
  private static let repetitions = 3
  /// The most anonymous memory for each row of the large table, read and trained.
  private static let bytesPerRow = 160.0

  /// Measures reading tables of up to 4 million rows, plain and as Parquet, and training on them.
  func largeTables() throws {
    report.heading("Large tables (2 threads)")
    report.note(
      "`mixed`: 1.5 million rows, 20 columns with dates. `strings`: 1 million rows, two columns of nearly distinct\n"
        + "texts. `large`: 4 million rows, 12 numbers and 3 columns of levels. Memory is the largest anonymous memory of\n"
        + "the process that reads the table: `deepspool describe`, or Polars in Python.")
    report.columns([
      "table", "deepspool, s", "Polars, s", "Polars to deepspool", "deepspool, MB", "Polars, MB", "Polars to deepspool",
    ])
    for script in Self.scripts {
      let table = try write(script.name, rows: script.rows)
      try reading(Table(path: table, response: script.response), name: script.name, goal: script.goals["csv"])
      guard workspace.hasPeers else { continue }
      let columnar = table.replacing(".csv", with: ".parquet")
      if !FileManager.default.fileExists(atPath: columnar) {
        _ = try workspace.peer("polars_table_peer.py", [table, "1", columnar])
      }
      try reading(Table(path: columnar, response: script.response), name: script.name, goal: script.goals["parquet"])
    }
    try growth()
  }

  /// Adds the row of one file.
  private func reading(_ table: Table, name: String, goal: Double?) throws {
    let settings = Self.quick + "epochs: 0.0001\nhidden: [4]\n"
    let seconds =
      try (0..<Self.repetitions).compactMap { _ in
        try deepspool.train(settings, threads: 2, table: table).readSeconds.first
      }.min() ?? .nan
    let described = try WatchedRun(workspace.deepspool, ["describe", table.path, "--json"])
    var cells = [
      "\(name), \(table.path.hasSuffix("parquet") ? "Parquet" : "CSV")", Report.figure(seconds), "-", "-",
      Report.figure(described.anonymousBytes / 1e6), "-", "-",
    ]
    if workspace.hasPeers {
      let script = "\(workspace.root)/Benchmarks/peers/polars_table_peer.py"
      let peer =
        try workspace.peer("polars_table_peer.py", [table.path, String(Self.repetitions)])["seconds"] as? Double ?? .nan
      let once = try WatchedRun(workspace.python, [script, table.path, "1"])
      cells[2] = Report.figure(peer)
      cells[3] = goal.map { Report.ratio(peer / seconds, atLeast: $0) } ?? Report.figure(peer / seconds)
      cells[5] = Report.figure(once.anonymousBytes / 1e6)
      cells[6] = Report.ratio(once.anonymousBytes / described.anonymousBytes, atLeast: 1)
    }
    report.row(cells)
  }

  /// Measures how time and memory grow with the rows of the large table.
  private func growth() throws {
    report.heading("Reading and training, by rows (`large`, one epoch, default scoring, 2 threads)")
    report.columns(["rows", "read, s", "read and trained, s", "anonymous memory, MB", "bytes per row"])
    for rows in Self.series {
      let table = Table(path: try write("large", rows: rows), response: "y")
      let job = "\(workspace.tables)/large.yaml"
      let text = table.settings + "hidden: [16]\nepochs: 1\nseed: 1\n"
      try text.write(toFile: job, atomically: true, encoding: .utf8)
      let run = try WatchedRun(
        workspace.deepspool, ["run", job, "--output", "\(workspace.tables)/large-result", "--force", "--threads", "2"])
      let read = run.errors.firstMatch(of: /read in ([0-9.e-]+) s/).flatMap { Double($0.1) } ?? .nan
      let share = run.anonymousBytes / Double(rows)
      report.row([
        Report.figure(Double(rows)), Report.figure(read), Report.figure(run.seconds),
        Report.figure(run.anonymousBytes / 1e6),
        rows == Self.series.last ? Report.limit(share, atMost: Self.bytesPerRow) : Report.figure(share),
      ])
    }
  }

  /// Returns the path of a table, which is written unless it exists from an earlier run.
  private func write(_ name: String, rows: Int) throws -> String {
    let path = "\(workspace.tables)/\(name)-\(rows).csv"
    guard !FileManager.default.fileExists(atPath: path) else { return path }
    let script = "\(workspace.root)/Tests/Support/tables/\(name).py"
    // A table that is only partly written must not be found by the next run.
    _ = try Command("/usr/bin/python3", [script, String(rows), "\(path).part"]).run()
    try FileManager.default.moveItem(atPath: "\(path).part", toPath: path)
    return path
  }
}
