import DataFrames
import JobFiles
import Planning
import Testing

/// Expected values come from Tests/Support/parity/reference_trainer.py, by the rules in
/// h2o-behaviour.md#cross-validation.
@Suite("Fold assignment")
struct FoldAssignmentTests {
  private static let classes: [Int32] = [0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0]

  private func folds(_ text: String, foldColumn: [Double] = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2]) throws -> [Int] {
    let frame = Frame(
      path: "t.csv",
      columns: [
        Column(name: "f", values: .doubles(foldColumn), missing: RowSet()),
        Column(name: "y", values: .categorical(Self.classes, levels: ["a", "b"]), missing: RowSet()),
      ])
    let job = try PlannedJob("response_column: y\n\(text)").job
    return try FoldAssignment(frame, job: job, Compatibility(job), seed: 5).folds
  }

  @Test("random: the first draw of each row's generator")
  func random() throws {
    let expected = [1, 2, 2, 1, 2, 0, 2, 1, 0, 1, 1, 2]
    #expect(try folds("nfolds: 3") == expected)
    #expect(try folds("nfolds: 3\nfold_assignment: Random\ncompatibility: h2o-3.46") == expected)
  }

  @Test("Modulo: the row number")
  func modulo() throws {
    #expect(try folds("nfolds: 3\nfold_assignment: Modulo") == (0..<12).map { $0 % 3 })
  }

  @Test("Stratified: H2O draws within each class; otherwise the rows of each class are distributed evenly")
  func stratified() throws {
    let drawn = try folds("nfolds: 3\nfold_assignment: Stratified\ncompatibility: h2o-3.46")
    #expect(drawn == [2, 0, 2, 0, 2, 0, 0, 1, 0, 0, 0, 1])
    let dealt = try folds("nfolds: 3\nfold_assignment: Stratified")
    for level in [0, 1] as [Int32] {
      let counts = (0..<3).map { fold in zip(dealt, Self.classes).count { $0 == fold && $1 == level } }
      #expect(counts.max().map { largest in counts.allSatisfy { largest - $0 <= 1 } } == true, "\(counts)")
    }
  }

  @Test("a fold column of integers that start at 0 or 1, without gaps")
  func column() throws {
    #expect(try folds("fold_column: f") == [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2])
    #expect(try folds("fold_column: f", foldColumn: Array(repeating: [1, 2], count: 6).flatMap { $0 }).max() == 1)
    #expect(throws: (any Error).self) {
      try folds("fold_column: f", foldColumn: Array(repeating: [1, 4], count: 6).flatMap { $0 })
    }
  }

  @Test("E5: more folds than rows are refused")
  func tooMany() { #expect(throws: TrainingError.self) { try folds("nfolds: 13") } }
}
