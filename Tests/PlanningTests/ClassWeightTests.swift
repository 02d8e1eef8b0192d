import DataFrames
import JobFiles
import Planning
import Testing
import Training

@Suite("Class weights")
struct ClassWeightTests {
  /// 60 rows of class a, 30 of b, 10 of "c d"; the first 10 have weight 0, and x is
  /// missing in the last 5.
  private static let frame: Frame = {
    var missing = RowSet()
    for row in 95..<100 { missing.insert(row) }
    return Frame(
      path: "t.csv",
      columns: [
        Column(
          name: "y", values: .categorical((0..<100).map { $0 < 60 ? 0 : $0 < 90 ? 1 : 2 }, levels: ["a", "b", "c d"]),
          missing: RowSet()),
        Column(name: "x", values: .doubles((0..<100).map { Double($0 % 7) }), missing: missing),
        Column(name: "w", values: .doubles((0..<100).map { $0 < 10 ? 0 : 1.5 }), missing: RowSet()),
      ])
  }()

  private static func balanced(_ counts: [Double]) -> [Double] {
    let total = counts.reduce(0, +)
    return counts.map { total / (3 * $0) }
  }

  private func plan(_ weights: ClassWeights?, _ change: (inout JobFile) -> Void = { _ in }) throws -> TrainingPlan {
    var job = JobFile(file: "job.yaml")
    job.give(String?.some("y"), to: \.responseColumn)
    job.give(["w"], to: \.ignoredColumns)
    job.give(weights, to: \.classWeight)
    change(&job)
    return try TrainingPlanner(job, Compatibility(job)).plan(Self.frame, seed: 1)
  }

  @Test("balanced is n / (k * count), as in scikit-learn")
  func balanced() throws {
    #expect(try plan(.balanced).rowUse.classWeights == Self.balanced([60, 30, 10]))
    #expect(
      try plan(.balanced).notes.resolved.first { $0.key == "class_weight" }?.text
        == "{a: 0.5555555555555556, b: 1.1111111111111112, \"c d\": 3.3333333333333335}")
  }

  @Test("unused rows do not count: those with weight 0, and those that Skip leaves out")
  func trainedRows() throws {
    let weighted = try plan(.balanced) { $0.give(String?.some("w"), to: \.weightsColumn) }
    #expect(weighted.rowUse.classWeights == Self.balanced([50, 30, 10]))
    let skipping = try plan(.balanced) { $0.give(MissingValuesChoice.skip, to: \.missingValuesHandling) }
    #expect(skipping.rowUse.classWeights == Self.balanced([60, 30, 5]))
  }

  @Test("an unnamed class has weight 1; without the key there are no weights")
  func named() throws {
    #expect(try plan(.named(["c d": 7.5])).rowUse.classWeights == [1, 1, 7.5])
    #expect(try plan(nil).rowUse.classWeights == nil)
  }

  @Test("training rows carry the product of both weights; other rows keep their weights")
  func rows() throws {
    let plan = try plan(.named(["a": 2, "c d": 3])) { $0.give(String?.some("w"), to: \.weightsColumn) }
    let rows = try plan.encodeForTraining(Self.frame)
    let weighted = plan.weightedByClass(rows)
    func expected(_ a: Double, _ b: Double, _ c: Double) -> [Double] {
      [(10, 0.0), (50, a), (30, b), (10, c)].flatMap { [Double](repeating: $1, count: $0) }
    }
    #expect(weighted.weights == expected(3, 1.5, 4.5))
    #expect(rows.weights == expected(1.5, 1.5, 1.5))
  }

  @Test("names that are not classes, and regressions, are refused with the known classes")
  func refused() {
    let unknown = #expect(throws: TrainingError.self) { try plan(.named(["a": 1, "d": 2, "e": 2])) }
    #expect(
      unknown?.description.contains(
        "class_weight names 'd', 'e', which are not classes of 'y'; its classes are 'a', 'b', 'c d'") == true)
    let regression = #expect(throws: TrainingError.self) {
      try plan(.balanced) { $0.give(String?.some("x"), to: \.responseColumn) }
    }
    #expect(regression?.description.contains("class_weight is for classification, but 'x' is numeric") == true)
  }
}
