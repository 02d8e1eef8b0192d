package import DataFrames
internal import DeepLearning
package import JobFiles

/// The cross-validation fold of each row (h2o-behaviour.md#cross-validation).
package struct FoldAssignment: Sendable, Equatable {
  /// The column that replaces weights_column in the models of folds; the name is H2O's.
  package static let weightsColumn = "__internal_cv_weights__"

  /// A limit on run time: each fold trains a model.
  private static let maximumFolds = 1000

  /// The fold of each row, counted from 0.
  package let folds: [Int]
  package let count: Int

  /// Assigns the rows of the training table by the job's fold_column, or by its nfolds and
  /// fold_assignment.
  ///
  /// - `seed`: The seed in force, also if the job gives none.
  /// - Throws: ``TrainingError/unfit(_:)`` (rules E5 and E10), or ``FrameError`` for a
  ///   missing fold column.
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
          "makes \(count) folds, each of which trains a model; the maximum is \(Self.maximumFolds)")
      ])
    }
    let present = Set(folds)
    for fold in 0..<count where !present.contains(fold) {
      throw TrainingError.unfit([
        job.fault(
          job.foldColumn == nil ? \.nfolds : \.foldColumn,
          "leaves fold \(fold + 1) of \(count) without rows; use fewer folds, more rows or another seed")
      ])
    }
  }

  /// Returns the weights of a fold's training rows, with 0 for the others, and those of its
  /// held-out rows likewise.
  ///
  /// - `own`: The weights of the rows; nil if all are 1.
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

  /// Returns the class of each row for `fold_assignment: Stratified`.
  private static func classes(of frame: Frame, job: JobFile) throws -> (Int) -> Int? {
    let name = job.responseColumn ?? ""
    let response = try frame.column(named: name, for: .response)
    guard let classes = classes(of: response) else {
      throw TrainingError.unfit([
        job.fault(
          \.foldAssignment,
          "Stratified needs classes or integers, but '\(name)' has other numbers; use Random or Modulo")
      ])
    }
    return classes
  }

  /// Assigns whole groups to folds.
  private static func dealGroups(_ frame: Frame, job: JobFile, seed: Int) throws -> [Int] {
    let name = job.groupColumn ?? ""
    let groups = try RowGroups(frame, column: name, job: job)
    guard groups.rows.count >= job.nfolds else {
      throw TrainingError.unfit([
        job.fault(
          \.nfolds,
          "is \(job.nfolds), but group_column '\(name)' has only \(groups.rows.count) groups; use fewer folds")
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
      // A missing class counts as a class.
      let numbers = (0..<frame.rowCount).map { (classes($0) ?? -1) + 1 }
      return groups.folds(job.nfolds, seed: seed, classCount: (numbers.max() ?? 0) + 1) { numbers[$0] }
    }
  }

  /// Returns H2O's stratified folds: each row draws its fold with a seed that depends on its class.
  private static func drawn(_ classes: [Int?], count: Int, seed: Int) -> [Int] {
    let seeds = Dictionary(
      uniqueKeysWithValues: Set(classes.compactMap { $0 }).map { ($0, Self.seed(ofClass: $0, seed: seed)) })
    return classes.enumerated().map { row, number in
      number.flatMap { seeds[$0] }.map { draw(seed: row &+ $0) % count } ?? row % count
    }
  }

  /// Distributes the rows of each class over the folds in turn, in random order; a missing class
  /// (nil) counts as a class.
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

  /// Returns a function for the class of each row, which is nil if missing; integers are numbered
  /// in ascending order.
  ///
  /// Returns nil if the response has numbers that are not integers.
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
    "With column_types: {\(column.name.text): enum} each value becomes a fold"
  }

  /// Returns the folds of a column: its levels in their order, or integers 0..<N or 1...N.
  private static func fromColumn(_ column: Column) throws(Problem) -> (folds: [Int], count: Int) {
    guard column.missing.isEmpty else {
      throw Problem(text: "has \(column.missing.count) missing values; give every row a fold")
    }
    let values: [Int]
    if column.levels != nil {
      values = (0..<column.rowCount).map { column.level(at: $0) ?? 0 }
    } else {
      guard column.isNumeric else {
        throw Problem(text: "is \(column.typeName), but folds must be integers or enum. \(repair(column))")
      }
      var numbers: [Int] = []
      for row in 0..<column.rowCount {
        guard let number = Int(exactly: column.number(at: row)) else {
          throw Problem(
            text: "has \(column.number(at: row).text) in row \(row + 1), but folds must be integers. \(repair(column))")
        }
        numbers.append(number)
      }
      values = numbers
    }
    let distinct = Set(values).sorted()
    guard distinct.count > 1 else { throw Problem(text: "is constant; at least two folds are required") }
    if let smallest = distinct.first, smallest < 0 {
      throw Problem(text: "has \(smallest), but folds must not be negative. \(repair(column))")
    }
    if column.levels == nil,
      distinct.first.map({ $0 > 1 }) == true || distinct[distinct.count - 1] - distinct[0] + 1 != distinct.count
    {
      throw Problem(
        text:
          "has folds \(distinct.prefix(5).map(String.init).joined(separator: ", "))\(distinct.count > 5 ? ", ..." : ""); "
          + "they must start at 0 or 1 and have no gaps. \(repair(column))")
    }
    let index = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    return (values.map { index[$0] ?? 0 }, distinct.count)
  }
}
