internal import DataFrames
internal import DeepLearning
internal import JobFiles

/// The groups of rows by `group_column`: rows with the same value form a group.
struct RowGroups {
  /// The rows of each group, ascending; groups are in the order of their first row.
  let rows: [[Int]]

  /// - Throws: ``TrainingError/unfit(_:)`` if rows have no group, or ``FrameError`` for a
  ///   missing column.
  init(_ frame: Frame, column name: String, job: JobFile) throws {
    let column = try frame.column(named: name, for: .group)
    guard column.missing.isEmpty else {
      throw TrainingError.unfit([
        job.fault(\.groupColumn, "'\(name)' has \(column.missing.count) missing values; give every row a group")
      ])
    }
    rows = column.isNumeric ? Self.groups(column) { $0.number(at: $1) } : Self.groups(column) { $0.text(at: $1) ?? "" }
  }

  private static func groups<Value: Hashable>(_ column: Column, _ value: (Column, Int) -> Value) -> [[Int]] {
    var index: [Value: Int] = [:]
    var rows: [[Int]] = []
    for row in 0..<column.rowCount {
      let value = value(column, row)
      if let group = index[value] {
        rows[group].append(row)
      } else {
        index[value] = rows.count
        rows.append([row])
      }
    }
    return rows
  }

  /// Assigns whole groups to folds so that all folds have about the same number of rows of each class.
  ///
  /// Larger groups come first, groups of equal size in random order. Each goes to the fold where it
  /// keeps the counts most even.
  ///
  /// - Parameters:
  ///   - count: The number of folds.
  ///   - seed: The seed for the order of groups of equal size.
  ///   - classCount: The number of classes to balance; 1 balances the rows only.
  ///   - classOf: Returns the class of a row.
  /// - Returns: The fold of each row.
  func folds(_ count: Int, seed: Int, classCount: Int, classOf: (Int) -> Int) -> [Int] {
    var generator = RandomGenerator(seed: UInt64(seed: seed))
    let order = generator.shuffled(rows).enumerated().sorted {
      $0.element.count == $1.element.count ? $0.offset < $1.offset : $0.element.count > $1.element.count
    }.map(\.element)
    var totals = [Double](repeating: 0, count: classCount)
    for row in rows.joined() { totals[classOf(row)] += 1 }
    var held = [[Double]](repeating: [Double](repeating: 0, count: classCount), count: count)
    var folds = [Int](repeating: 0, count: rows.reduce(0) { $0 + $1.count })
    for group in order {
      var counts = [Double](repeating: 0, count: classCount)
      for row in group { counts[classOf(row)] += 1 }
      // The growth of the sum of squared shares, which is smallest when all folds are alike.
      let growth = held.map { held in
        counts.indices.reduce(0.0) { sum, number in
          counts[number] == 0
            ? sum : sum + counts[number] * (counts[number] + 2 * held[number]) / (totals[number] * totals[number])
        }
      }
      let fold = growth.indices.min { growth[$0] < growth[$1] } ?? 0
      for number in counts.indices { held[fold][number] += counts[number] }
      for row in group { folds[row] = fold }
    }
    return folds
  }
}
