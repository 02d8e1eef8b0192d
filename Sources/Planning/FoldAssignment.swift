package import DataFrames
internal import DeepLearning
package import JobFiles

/// The cross-validation fold of each row (h2o-behaviour.md#cross-validation).
package struct FoldAssignment: Sendable, Equatable {
  /// The column that takes the place of weights_column in the models of folds; H2O's name for it.
  package static let weightsColumn = "__internal_cv_weights__"

  /// A model per fold: more would never end.
  private static let maximumFolds = 1000

  /// Fold of each row, from 0.
  package let folds: [Int]
  package let count: Int

  /// Deals the rows of the training table as the job says.
  ///
  /// `seed`: The seed in force, also where the job left it open.
  /// Throws ``TrainingError/unfit(_:)`` (rules E5 and E10) or ``FrameError`` for a fold column that is not there.
  package init(_ frame: Frame, job: JobFile, _ compatibility: Compatibility, seed: Int) throws {
    if let name = job.foldColumn {
      let column = try frame.column(named: name, for: .fold)
      do throws(Problem) {
        (folds, count) = try Self.fromColumn(column)
      } catch {
        throw TrainingError.unfit([job.fault(\.foldColumn, "'\(name)' \(error.text)")])
      }
    } else {
      guard job.nfolds <= frame.rowCount else {
        throw TrainingError.unfit([
          job.fault(\.nfolds, "is \(job.nfolds), more than the \(frame.rowCount) rows of the table; use fewer folds")
        ])
      }
      count = job.nfolds
      folds = try Self.deal(frame, job: job, compatibility, seed: seed)
    }
    guard count <= Self.maximumFolds else {
      throw TrainingError.unfit([
        job.fault(
          job.foldColumn == nil ? \.nfolds : \.foldColumn,
          "makes \(count) folds, each with a model of its own; at most \(Self.maximumFolds)")
      ])
    }
    let present = Set(folds)
    for fold in 0..<count where !present.contains(fold) {
      throw TrainingError.unfit([
        job.fault(
          job.foldColumn == nil ? \.nfolds : \.foldColumn,
          "leaves fold \(fold + 1) of \(count) without a row; use fewer folds, more data or another seed")
      ])
    }
  }

  /// 1 for rows that a fold's model learns from, times their own weight; the complement for the rows held out.
  package func weights(fold: Int, own: [Double]?) -> (training: [Double], heldOut: [Double]) {
    let all = own ?? [Double](repeating: 1, count: folds.count)
    return (
      zip(folds, all).map { $0 == fold ? 0 : $1 },
      zip(folds, all).map { $0 == fold ? $1 : 0 }
    )
  }

  private static func deal(
    _ frame: Frame, job: JobFile, _ compatibility: Compatibility, seed: Int
  ) throws -> [Int] {
    if job.groupColumn != nil { return try dealGroups(frame, job: job, seed: seed) }
    let (rows, count) = (0..<frame.rowCount, job.nfolds)
    switch job.foldAssignment {
    case .modulo: return rows.map { $0 % count }
    case .auto, .random: return rows.map { draw(seed: seed &+ $0) % count }
    case .stratified:
      let classes = try classes(of: frame, job: job)
      let numbers = rows.map(classes)
      return compatibility.has(.stratifiedFoldsAreDrawn)
        ? drawn(numbers, count: count, seed: seed) : stratified(numbers, count: count, seed: seed)
    }
  }

  /// The classes that `fold_assignment: Stratified` goes by.
  private static func classes(of frame: Frame, job: JobFile) throws -> (Int) -> Int? {
    let name = job.responseColumn ?? ""
    let response = try frame.column(named: name, for: .response)
    guard let classes = classes(of: response) else {
      throw TrainingError.unfit([
        job.fault(
          \.foldAssignment,
          "Stratified needs classes or whole numbers, but '\(name)' holds others; use Random or Modulo")
      ])
    }
    return classes
  }

  /// Folds of whole groups.
  private static func dealGroups(_ frame: Frame, job: JobFile, seed: Int) throws -> [Int] {
    let name = job.groupColumn ?? ""
    let groups = try RowGroups(frame, column: name, job: job)
    guard groups.rows.count >= job.nfolds else {
      throw TrainingError.unfit([
        job.fault(
          \.nfolds,
          "is \(job.nfolds), but group_column '\(name)' makes only \(groups.rows.count) groups; use fewer folds")
      ])
    }
    switch job.foldAssignment {
    case .modulo:
      var folds = [Int](repeating: 0, count: frame.rowCount)
      for (number, group) in groups.rows.enumerated() { for row in group { folds[row] = number % job.nfolds } }
      return folds
    case .auto, .random: return groups.folds(job.nfolds, seed: seed, classCount: 1) { _ in 0 }
    case .stratified:
      let classes = try classes(of: frame, job: job)
      // Where the class is missing, that is a class too.
      let numbers = (0..<frame.rowCount).map { (classes($0) ?? -1) + 1 }
      return groups.folds(job.nfolds, seed: seed, classCount: (numbers.max() ?? 0) + 1) { numbers[$0] }
    }
  }

  /// H2O's folds: each row draws its own, with a seed that goes by its class.
  private static func drawn(_ classes: [Int?], count: Int, seed: Int) -> [Int] {
    let seeds = Dictionary(
      uniqueKeysWithValues: Set(classes.compactMap { $0 }).map { ($0, Self.seed(ofClass: $0, seed: seed)) })
    return classes.enumerated().map { row, number in
      number.flatMap { seeds[$0] }.map { draw(seed: row &+ $0) % count } ?? row % count
    }
  }

  /// Deals the rows of each class out in turn, in random order; `nil`, where the class is missing, is a class too.
  private static func stratified(_ classes: [Int?], count: Int, seed: Int) -> [Int] {
    var generator = RandomGenerator(seed: UInt64(seed: seed))
    var folds = [Int](repeating: 0, count: classes.count)
    var next = 0
    for (_, given) in Dictionary(grouping: classes.indices, by: { classes[$0] ?? -1 }).sorted(by: { $0.key < $1.key }) {
      for row in generator.shuffled(given) {
        folds[row] = next % count
        next += 1
      }
    }
    return folds
  }

  private static func seed(ofClass number: Int, seed: Int) -> Int {
    var generator = RandomGenerator(seed: UInt64(seed: seed &+ number))
    return Int(Int64(bitPattern: generator.nextUInt64()))
  }

  /// The class of each row, nil where it is missing; whole numbers are numbered in their order.
  ///
  /// Nil for other numbers.
  private static func classes(of response: Column) -> ((Int) -> Int?)? {
    if response.levels != nil { return response.level }
    var values: Set<Int> = []
    for row in 0..<response.rowCount where !response.missing.contains(row) {
      guard let number = Int(exactly: response.number(at: row)) else { return nil }
      values.insert(number)
    }
    let numbers = Dictionary(uniqueKeysWithValues: values.sorted().enumerated().map { ($1, $0) })
    return { row in response.missing.contains(row) ? nil : numbers[Int(response.number(at: row))] }
  }

  /// The absolute value of the first draw as a signed number, as in H2O.
  private static func draw(seed: Int) -> Int {
    var generator = RandomGenerator(seed: UInt64(seed: seed))
    return abs(Int(Int32(bitPattern: generator.nextUInt32())))
  }

  private struct Problem: Error { let text: String }

  private static func repair(_ column: Column) -> String {
    "Each value becomes a fold of its own with column_types: {\(column.name.text): enum}"
  }

  /// Levels in their order, or whole numbers 0..<N or 1...N.
  private static func fromColumn(_ column: Column) throws(Problem) -> (folds: [Int], count: Int) {
    guard column.missing.isEmpty else {
      throw Problem(text: "misses \(column.missing.count) values; give every row a fold")
    }
    let values: [Int]
    if column.levels != nil {
      values = (0..<column.rowCount).map { column.level(at: $0) ?? 0 }
    } else {
      guard column.isNumeric else {
        throw Problem(text: "is \(column.typeName), neither whole numbers nor enum. \(repair(column))")
      }
      var numbers: [Int] = []
      for row in 0..<column.rowCount {
        guard let number = Int(exactly: column.number(at: row)) else {
          throw Problem(
            text: "holds \(column.number(at: row).text) in row \(row + 1); folds are whole numbers. \(repair(column))")
        }
        numbers.append(number)
      }
      values = numbers
    }
    let distinct = Set(values).sorted()
    guard distinct.count > 1 else { throw Problem(text: "is constant; two folds are the least") }
    if let smallest = distinct.first, smallest < 0 {
      throw Problem(text: "holds \(smallest); folds are at least 0. \(repair(column))")
    }
    if column.levels == nil,
      distinct.first.map({ $0 > 1 }) == true || distinct[distinct.count - 1] - distinct[0] + 1 != distinct.count
    {
      throw Problem(
        text:
          "holds folds \(distinct.prefix(5).map(String.init).joined(separator: ", "))\(distinct.count > 5 ? ", ..." : ""); "
          + "numbers must run from 0 or 1 without a gap. \(repair(column))")
    }
    let index = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    return (values.map { index[$0] ?? 0 }, distinct.count)
  }
}
