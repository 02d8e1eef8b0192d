import DataFrames
import JobFiles
import Planning
import TestSupport
import Testing
import Training

@Suite("Responses of many classes")
struct ManyClassesTests {
  /// Returns the warning about a response of `classes` levels in `rows` rows.
  private func warning(_ classes: Int, rows: Int, _ keys: String = "") throws -> String? {
    let job = try PlannedJob("response_column: r\n\(keys)").job
    let frame = Frame(
      path: "t.csv",
      columns: [
        Column(name: "x", values: .doubles((0..<rows).map { Double($0 % 7) }), missing: RowSet()),
        Column(
          name: "r",
          values: .categorical((0..<rows).map { Int32($0 % classes) }, levels: (0..<classes).map { "0,\(100 + $0)" }),
          missing: RowSet()),
      ])
    return try TrainingPlanner(job, Compatibility(job)).plan(frame, seed: 1).notes.warnings.first {
      $0.contains("classes in")
    }
  }

  @Test("numbers in a notation that was not understood are warned about, with the keys that read them")
  func numbers() throws {
    #expect(
      try warning(51, rows: 300)
        == "response 'r' has 51 classes in 300 rows ('0,100', '0,101', '0,102', ...), so this is a classification; if its "
        + "values are numbers, state decimal, thousands or na_strings, or set column_types: {r: real}; if they are "
        + "classes, set column_types: {r: enum}")
    #expect(try warning(11, rows: 20)?.contains("11 classes in 20 rows") == true)
  }

  @Test("a contradicted mark and a unit are named instead, where reading has seen them")
  func reasons() throws {
    func warning(_ text: String, _ keys: String) throws -> String? {
      let folder = TemporaryFolder()
      let path = try folder.write(text, to: "t.csv")
      let job = try PlannedJob("response_column: w\n\(keys)").job
      let frame = try FrameReader.read(path, name: "t.csv", options: ReadOptions(job))
      return try TrainingPlanner(job, Compatibility(job)).plan(frame, seed: 1).notes.warnings.first {
        $0.contains("classes in")
      }
    }
    let german = "a;w\n" + (0..<60).map { "\($0 % 7);\($0),5\n" }.joined()
    #expect(
      try warning(german, "decimal: '.'")?.contains(
        "so this is a classification; its values are numbers in another notation: state decimal: ','; if they") == true)
    #expect(try warning(german, "") == nil)
    let units = "a;w\n" + (0..<60).map { "\($0 % 7);\($0) kg\n" }.joined()
    #expect(try warning(units, "")?.contains("its values are numbers with a unit (kg): remove it from") == true)
  }

  @Test("usual and declared classes are not")
  func usual() throws {
    #expect(try warning(50, rows: 300) == nil)
    #expect(try warning(10, rows: 20) == nil)
    #expect(try warning(2, rows: 3) == nil)
    #expect(try warning(60, rows: 300, "column_types: {r: enum}\n") == nil)
  }
}
