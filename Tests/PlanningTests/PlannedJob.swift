import DataFrames
import JobFiles
import Planning
import Training

/// A job file and a small table made in memory, planned without any file.
struct PlannedJob {
  let job: JobFile

  /// `text`: Keys of the job beside its table.
  init(_ text: String) throws {
    job = try JobFileReader.read(Array("training_frame: t.csv\n\(text)\n".utf8), file: "job.yaml")
  }

  /// Numbers x, m (with negative ones) and o, levels c, two classes y, three classes l, weights v and w (0 and 1).
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

  /// Why the job does not fit the table; nil if it does.
  func refusal(_ table: Frame = table) -> String? {
    do {
      _ = try plan(table)
      return nil
    } catch {
      return "\(error)"
    }
  }
}
