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
  private static let peers = ["polars", "duckdb", "pandas"]
  private static let repetitions = 3
  /// The most anonymous memory for each row of the large table, read and trained.
  private static let bytesPerRow = 160.0

  /// The shortest time of reading a table, and the least peak memory.
  private struct Reading {
    var seconds = Double.infinity
    var anonymousBytes = Double.infinity
  }

  /// Measures reading tables of up to 4 million rows, plain and as Parquet, and training on them.
  func largeTables() throws {
    report.heading("Large tables (2 threads)")
    report.note(
      "`mixed`: 1.5 million rows, 20 columns with dates. `strings`: 1 million rows, two columns of nearly\n"
        + "distinct texts. `large`: 4 million rows, 12 numbers and 3 columns of levels. Seconds: reading\n"
        + "without the start of the program, the shortest of \(Self.repetitions) runs by turns. Memory: the peak of\n"
        + "anonymous memory of the process that reads the table: `deepspool describe`, which also\n"
        + "summarises it, or Python with its libraries. pandas reads dates as texts.")
    report.columns(["table", "reader", "seconds", "to deepspool", "MB", "to deepspool"])
    for script in Self.scripts {
      let table = try write(script.name, rows: script.rows)
      try readings(Table(path: table, response: script.response), name: script.name, goal: script.goals["csv"])
      guard workspace.hasPeers else { continue }
      let columnar = table.replacing(".csv", with: ".parquet")
      if !FileManager.default.fileExists(atPath: columnar) {
        _ = try workspace.peer("table_peer.py", ["polars", table, columnar])
      }
      try readings(
        Table(path: columnar, response: script.response), name: script.name, goal: script.goals["parquet"])
    }
    try growth()
  }

  /// Adds the rows of one file, which all readers read by turns.
  private func readings(_ table: Table, name: String, goal: Double?) throws {
    let settings = Self.quick + "epochs: 0.0001\nhidden: [4]\n"
    let readers = workspace.hasPeers ? Self.peers : []
    var ours = Reading()
    var theirs = [Reading](repeating: Reading(), count: readers.count)
    for _ in 0..<Self.repetitions {
      let seconds = try deepspool.train(settings, threads: 2, table: table).readSeconds.first
      ours.seconds = min(ours.seconds, seconds ?? .infinity)
      let described = try WatchedRun(workspace.deepspool, ["describe", table.path, "--json"])
      ours.anonymousBytes = min(ours.anonymousBytes, described.anonymousBytes)
      for (index, reader) in readers.enumerated() {
        let reading = try peer(reader, table)
        theirs[index].seconds = min(theirs[index].seconds, reading.seconds)
        theirs[index].anonymousBytes = min(theirs[index].anonymousBytes, reading.anonymousBytes)
      }
    }
    let file = "\(name), \(table.path.hasSuffix("parquet") ? "Parquet" : "CSV")"
    report.row([file, "deepspool", Report.figure(ours.seconds), "1", Report.figure(ours.anonymousBytes / 1e6), "1"])
    for (reader, reading) in zip(readers, theirs) {
      let (time, memory) = (reading.seconds / ours.seconds, reading.anonymousBytes / ours.anonymousBytes)
      let hasGoal = reader == "polars"
      report.row([
        file, reader, Report.figure(reading.seconds),
        hasGoal ? goal.map { Report.ratio(time, atLeast: $0) } ?? Report.figure(time) : Report.figure(time),
        Report.figure(reading.anonymousBytes / 1e6),
        hasGoal ? Report.ratio(memory, atLeast: 1) : Report.figure(memory),
      ])
    }
  }

  private func peer(_ reader: String, _ table: Table) throws -> Reading {
    let script = "\(workspace.root)/Benchmarks/peers/table_peer.py"
    let run = try WatchedRun(
      "/usr/bin/env", ["POLARS_MAX_THREADS=2", workspace.python, script, reader, table.path])
    let seconds = run.output.firstMatch(of: /"seconds": ([0-9.e-]+)/).flatMap { Double($0.1) } ?? .nan
    return Reading(seconds: seconds, anonymousBytes: run.anonymousBytes)
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
      let result = "\(workspace.tables)/large-result"
      try? FileManager.default.removeItem(atPath: result)
      let run = try WatchedRun(workspace.deepspool, ["run", job, "--output", result, "--threads", "2"])
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
