import DataFrames
import JobFiles
import Planning
import Testing

@Suite("Folds of whole groups")
struct GroupedFoldsTests {
  private static let groups = (0..<500).map { $0 * 31 % 47 }
  private static let classes = (0..<500).map { $0 % 5 == 0 ? 0 : 1 }

  private func assignment(_ how: FoldAssignmentChoice, folds: Int = 4, seed: Int = 1) throws -> FoldAssignment {
    var job = JobFile(file: "job.yaml")
    job.give(folds, to: \.nfolds)
    job.give(how, to: \.foldAssignment)
    job.give(String?.some("g"), to: \.groupColumn)
    job.give(String?.some("y"), to: \.responseColumn)
    let frame = Frame(
      path: "t.csv",
      columns: [
        Column(name: "g", values: .shorts(Self.groups.map(Int16.init)), missing: RowSet()),
        Column(name: "y", values: .categorical(Self.classes.map(Int32.init), levels: ["a", "b"]), missing: RowSet()),
      ])
    return try FoldAssignment(frame, job: job, Compatibility(job), seed: seed)
  }

  @Test("no group is in two folds, and folds have about the same size", arguments: FoldAssignmentChoice.allCases)
  func together(_ how: FoldAssignmentChoice) throws {
    let folds = try assignment(how).folds
    for group in 0..<47 {
      #expect(Set(Self.groups.indices.filter { Self.groups[$0] == group }.map { folds[$0] }).count == 1)
    }
    for fold in 0..<4 { #expect((110...140).contains(folds.count { $0 == fold })) }
    #expect(try assignment(how).folds == folds)
    #expect(try (assignment(how, seed: 2).folds == folds) == (how == .modulo))
  }

  @Test("stratified folds have their share of each class")
  func stratified() throws {
    let folds = try assignment(.stratified).folds
    for fold in 0..<4 {
      // There are 100 rows of class 0 in four folds.
      #expect((22...28).contains(folds.indices.count { folds[$0] == fold && Self.classes[$0] == 0 }))
    }
  }

  @Test("fewer groups than folds are refused with both numbers")
  func tooFew() {
    let error = #expect(throws: TrainingError.self) { try assignment(.random, folds: 48) }
    #expect(error?.description.contains("nfolds is 48, but group_column 'g' has only 47 groups") == true)
  }
}
