import DataFrames
import JobFiles
import Planning
import Testing

@Suite("Held-out rows")
struct HoldOutTests {
  /// A table with a class y, a number n, a group g and a weight w per row.
  private func frame(
    _ classes: [String?], groups: [Int]? = nil, weights: [Double]? = nil
  ) -> Frame {
    let levels = Set(classes.compactMap { $0 }).sorted()
    var missing = RowSet()
    for (row, name) in classes.enumerated() where name == nil { missing.insert(row) }
    let codes = classes.map { name in Int32(levels.firstIndex { $0 == name } ?? 0) }
    return Frame(
      path: "t.csv",
      columns: [
        Column(name: "y", values: .categorical(codes, levels: levels), missing: missing),
        Column(name: "n", values: .doubles(classes.indices.map(Double.init)), missing: RowSet()),
        Column(
          name: "g", values: .integers((groups ?? Array(classes.indices)).map(Int32.init)), missing: RowSet()),
        Column(
          name: "w", values: .doubles(weights ?? classes.map { _ in 1 }), missing: RowSet()),
      ])
  }

  private func job(_ fraction: Double, _ change: (inout JobFile) -> Void = { _ in }) -> JobFile {
    var job = JobFile(file: "job.yaml")
    job.give(String?.some("y"), to: \.responseColumn)
    job.give(fraction, to: \.validationFraction)
    change(&job)
    return job
  }

  private func grouped(_ fraction: Double, split: ValidationSplitChoice = .random) -> JobFile {
    job(fraction) {
      $0.give(String?.some("g"), to: \.groupColumn)
      $0.give(split, to: \.validationSplit)
    }
  }

  private static let mixed: [String?] = (0..<151).map { row in
    row == 77 ? "only" : row % 15 == 0 ? "rare" : row % 3 == 0 ? "some" : "many"
  }

  @Test("each class gives its share, a class of one row nothing; the seed alone decides which rows")
  func stratified() throws {
    let frame = frame(Self.mixed)
    let held = try HoldOut(frame, job: job(0.2), seed: 1)
    func count(_ name: String) -> Int { held.rows.count { Self.mixed[$0] == name } }
    // 11 rare, 40 some, 99 many and 1 only give 2.2 + 8 + 19.8 + 0.2; by largest remainder
    // that is 30 of 151.
    #expect([count("rare"), count("some"), count("many"), count("only")] == [2, 8, 20, 0])
    #expect(held.usableCount == 151 && held.usableHeldOut == 30)
    #expect(held.rows == held.rows.sorted() && Set(held.rows).count == 30)
    #expect(try HoldOut(frame, job: job(0.2), seed: 1) == held)
    #expect(try HoldOut(frame, job: job(0.2), seed: 2).rows != held.rows)
  }

  @Test("each class keeps a row to train on, however large the fraction")
  func tinyClasses() throws {
    let classes: [String?] = ["a", "a", "b", "b", "c"] + (0..<40).map { _ in "d" }
    for seed in 0..<20 {
      let held = Set(try HoldOut(frame(classes), job: job(0.9), seed: seed).rows)
      let trained = Set(classes.indices.filter { !held.contains($0) }.map { classes[$0] })
      #expect(trained == ["a", "b", "c", "d"])
    }
    let held = Set(try HoldOut(frame(classes), job: job(0.1), seed: 1).rows.map { classes[$0] })
    #expect(held == ["d"], "two rows give less than one")
    let pairs: [String?] = (0..<200).map { "c\($0 / 2)" }
    let half = try HoldOut(frame(pairs), job: job(0.2), seed: 1).rows
    #expect(half.count == 40 && Set(half.map { pairs[$0] }).count == 40)
  }

  @Test("rows without a response or weight are not chosen")
  func usable() throws {
    let classes: [String?] = (0..<100).map { $0 % 4 == 0 ? nil : $0 % 2 == 0 ? "a" : "b" }
    let weights = (0..<100).map { $0 % 5 == 0 ? 0.0 : 2 }
    let job = job(0.25) { $0.give(String?.some("w"), to: \.weightsColumn) }
    let held = try HoldOut(frame(classes, weights: weights), job: job, seed: 3)
    // 75 rows have a class; 15 of them (5, 10, 15, 25, ...) have weight 0.
    #expect(held.usableCount == 60 && held.rows.count == 15)
    #expect(held.rows.allSatisfy { classes[$0] != nil && weights[$0] > 0 })
  }

  @Test("with a numeric response, or for an autoencoder, rows are chosen at random")
  func unclassed() throws {
    let regression = job(0.3) { $0.give(String?.some("n"), to: \.responseColumn) }
    #expect(try HoldOut(frame(Self.mixed), job: regression, seed: 5).rows.count == 45)
    let autoencoder = job(0.3) {
      $0.withdraw(\.responseColumn)
      $0.give(true, to: \.autoencoder)
    }
    #expect(try HoldOut(frame(Self.mixed), job: autoencoder, seed: 5).usableHeldOut == 45)
  }

  @Test("last takes the last rows of the table, including rows without a response between them")
  func last() throws {
    let classes: [String?] = (0..<20).map { $0 == 17 ? nil : $0 % 2 == 0 ? "a" : "b" }
    let held = try HoldOut(
      frame(classes), job: job(0.2) { $0.give(ValidationSplitChoice.last, to: \.validationSplit) }, seed: 1)
    // 0.2 of 19 rows are 4 rows: 19, 18, 16, 15.
    #expect(held.rows == [15, 16, 17, 18, 19])
    #expect(held.usableCount == 19 && held.usableHeldOut == 4)
  }

  @Test("groups stay together, and classes keep their proportions")
  func groups() throws {
    let rows = 0..<600
    let groups = rows.map { $0 * 7919 % 97 }
    let classes: [String?] = rows.map { $0 % 10 < 3 ? "a" : "b" }
    for seed in 0..<10 {
      let held = try HoldOut(frame(classes, groups: groups), job: grouped(0.25), seed: seed)
      let trained = Set(rows).subtracting(held.rows)
      #expect(Set(held.rows.map { groups[$0] }).isDisjoint(with: Set(trained.map { groups[$0] })))
      // A group has about six rows.
      #expect((145...155).contains(held.rows.count), "\(held.rows.count)")
      #expect((42...48).contains(held.rows.count { classes[$0] == "a" }))
    }
    let one = try HoldOut(frame(classes, groups: groups), job: grouped(0.25), seed: 1)
    #expect(try HoldOut(frame(classes, groups: groups), job: grouped(0.25), seed: 2) != one)
  }

  @Test("of two equal groups one is held out although it is too large; a single group is refused")
  func fewGroups() throws {
    let classes: [String?] = (0..<40).map { $0 % 2 == 0 ? "a" : "b" }
    let held = try HoldOut(frame(classes, groups: (0..<40).map { $0 / 20 }), job: grouped(0.2), seed: 1)
    #expect(held.rows == Array(0..<20) || held.rows == Array(20..<40))
    for groups in [(0..<40).map { _ in 7 }, (0..<40).map { $0 % 2 }] {
      let error = #expect(throws: TrainingError.self) {
        try HoldOut(frame(classes, groups: groups), job: grouped(0.2), seed: 1)
      }
      #expect(
        error?.description.contains("group_column 'g' divides 40 rows into") == true,
        "\(error.map(String.init(describing:)) ?? "")")
      #expect(error?.description.contains("none of which can be held out") == true)
    }
  }

  @Test("last with groups holds out the groups of the last rows")
  func lastGroups() throws {
    let groups = [0, 1, 0, 2, 2, 3, 1, 3, 3, 1]
    let classes: [String?] = groups.map { $0 % 2 == 0 ? "a" : "b" }
    // Two rows are wanted; group 1, which ends in the last row, has three.
    #expect(try HoldOut(frame(classes, groups: groups), job: grouped(0.2, split: .last), seed: 1).rows == [1, 6, 9])
    // Five rows are wanted; group 3 is next.
    #expect(
      try HoldOut(frame(classes, groups: groups), job: grouped(0.5, split: .last), seed: 1).rows == [1, 5, 6, 7, 8, 9])
  }

  @Test(
    "if one side would have no row, the message has the numbers",
    arguments: [
      (0.001, 100, "0.001 of 100 rows with a known response cannot be held out: that is less than one row"),
      (0.999, 10, "0.999 of 10 rows with a known response cannot be held out: no row would be left to train on"),
      (0.5, 1, "0.5 of 1 rows"), (0.5, 0, "0.5 of 0 rows"),
    ])
  func nothing(_ fraction: Double, _ count: Int, _ expected: String) {
    let error = #expect(throws: TrainingError.self) {
      try HoldOut(frame((0..<count).map { $0 % 2 == 0 ? "a" : "b" } + [nil]), job: job(fraction), seed: 1)
    }
    #expect(error?.description.contains(expected) == true, "\(error.map(String.init(describing:)) ?? "")")
    let single = #expect(throws: TrainingError.self) { try HoldOut(frame(["a", "b"]), job: job(0.5), seed: 1) }
    #expect(single?.description.contains("the only row of its class") == true)
  }

  @Test("missing columns, and rows without a group, are refused")
  func columns() {
    let unknown = job(0.2) { $0.give(String?.some("household"), to: \.groupColumn) }
    #expect(throws: FrameError.unknownColumn(path: "t.csv", role: .group, name: "household", nearest: nil)) {
      try HoldOut(frame(Self.mixed), job: unknown, seed: 1)
    }
    var missing = RowSet()
    missing.insert(3)
    let table = frame(Self.mixed).adding(
      Column(name: "g", values: .text(Self.mixed.map { $0 ?? "" }), missing: missing))
    let error = #expect(throws: TrainingError.self) { try HoldOut(table, job: grouped(0.2), seed: 1) }
    #expect(error?.description.contains("group_column 'g' has 1 missing values") == true)
  }

  @Test("a longer table keeps the held-out rows and adds a share of the new ones")
  func grown() throws {
    let before = try HoldOut(frame(Array(Self.mixed.prefix(100))), job: job(0.2), seed: 1)
    let after = try HoldOut(frame(Self.mixed), job: job(0.2), seed: 9, keeping: before.rows, ofFirst: 100)
    #expect(after.rows.filter { $0 < 100 } == before.rows)
    #expect(after.rows.count { $0 >= 100 } == 10)
    #expect(after.usableCount == 151 && after.usableHeldOut == before.rows.count + 10)
    // The same table, and one with too few new rows.
    for count in [100, 102] {
      let same = try HoldOut(
        frame(Array(Self.mixed.prefix(count))), job: job(0.2), seed: 9, keeping: before.rows, ofFirst: 100)
      #expect(same.rows == before.rows)
    }
  }

  @Test("a new row joins its group on either side")
  func grownGroups() throws {
    let groups = (0..<120).map { $0 < 100 ? $0 % 10 : $0 < 110 ? $0 % 10 : 20 + $0 % 5 }
    let classes: [String?] = (0..<120).map { $0 / 10 % 2 == 0 ? "a" : "b" }
    let before = try HoldOut(
      frame(Array(classes.prefix(100)), groups: Array(groups.prefix(100))), job: grouped(0.2), seed: 1)
    let after = try HoldOut(
      frame(classes, groups: groups), job: grouped(0.2), seed: 1, keeping: before.rows, ofFirst: 100)
    let trained = Set(0..<120).subtracting(after.rows)
    #expect(Set(before.rows).isSubset(of: after.rows) && after.rows.filter { $0 < 100 } == before.rows)
    #expect(Set(after.rows.map { groups[$0] }).isDisjoint(with: Set(trained.map { groups[$0] })))
    #expect(after.rows.contains { groups[$0] >= 20 })
  }
}
