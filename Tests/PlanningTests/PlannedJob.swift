import DataFrames
import JobFiles
import Planning
import Training

/// A job and a small table in memory, planned without files.
struct PlannedJob {
  let job: JobFile

  /// - `text`: The keys of the job besides its table.
  init(_ text: String) throws {
    job = try JobFileReader.read(Array("training_frame: t.csv\n\(text)\n".utf8), file: "job.yaml")
  }

  /// Numeric columns x, m (with negative values) and o; levels c; classes y (two) and l (three);
  /// weights v and w (0 and 1).
  static let table: Frame = {
    let rows = 0..<30
    func numbers(_ name: String, _ value: (Int) -> Double) -> Column {
      Column(name: name, values: .doubles(rows.map(value)), missing: RowSet())
    }
    func levels(_ name: String, _ levels: [String], _ level: (Int) -> Int) -> Column {
      Column(name: name, values: .categorical(rows.map { Int32(level($0)) }, levels: levels), missing: RowSet())
    }
    return Frame(
      path: "t.csv",
      columns: [
        numbers("x") { Double($0 % 7) }, numbers("m") { Double($0 % 5 - 2) }, numbers("o") { 1 + Double($0 % 3) },
        numbers("v") { 0.5 + Double($0 % 4) }, numbers("w") { Double($0 % 2) },
        levels("c", ["a", "b", "c", "d"]) { $0 % 4 }, levels("y", ["n", "p"]) { $0 % 3 == 0 ? 1 : 0 },
        levels("l", ["u", "v", "w"]) { $0 % 3 },
      ])
  }()

  func plan(_ table: Frame = table) throws -> TrainingPlan {
    try TrainingPlanner(job, Compatibility(job)).plan(table, seed: 1)
  }

  /// The reason why the job does not match the table; nil if it does.
  func refusal(_ table: Frame = table) -> String? {
    do {
      _ = try plan(table)
      return nil
    } catch {
      return "\(error)"
    }
  }
}
