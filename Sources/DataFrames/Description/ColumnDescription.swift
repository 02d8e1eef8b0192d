/// A summary of the values of one column.
package struct ColumnDescription: Sendable, Equatable {
  /// The type of a column; the raw value is its name in JSON and for people.
  package enum Kind: String, Sendable, CaseIterable {
    case int, real, time, string
    case enumeration = "enum"
  }

  /// The smallest and largest number of a column, and their mean; of times, in milliseconds since 1970.
  package struct Range: Sendable, Equatable {
    package let minimum: Double
    package let maximum: Double
    package let mean: Double

    package init(minimum: Double, maximum: Double, mean: Double) {
      self.minimum = minimum
      self.maximum = maximum
      self.mean = mean
    }
  }

  /// The number of levels that a description lists.
  package static let shownLevels = 10

  package let name: String
  package let kind: Kind
  package let missingCount: Int
  /// The number of different values that occur, without missing ones.
  package let distinctCount: Int
  /// The first levels of a categorical column, at most ``shownLevels``; nil for other columns.
  package let levels: [String]?
  /// Nil for columns without numbers, and if every value is missing.
  package let range: Range?
  /// The reason for the type; nil if it was declared or needs none.
  package let note: String?

  /// Summarises `column`.
  ///
  /// - `reason`: The reason for its type.
  package init(_ column: Column, reason: String? = nil) {
    name = column.name
    missingCount = column.missing.count
    levels = column.levels.map { Array($0.prefix(Self.shownLevels)) }
    note = reason
    switch column.values {
    case .coded(let codes, let levels):
      (kind, range) = (.enumeration, nil)
      distinctCount = Self.occurring(codes, of: levels.count, missing: column.missing)
    case .packed(let texts):
      (kind, range) = (.string, nil)
      distinctCount = texts.distinctCount ?? Self.distinct(texts, missing: column.missing)
    case .bytes, .shorts, .integers, .doubles, .scaled, .sparse, .mapped:
      let summary = NumberSummary(column)
      kind = column.isTime ? .time : summary.isWhole ? .int : .real
      distinctCount = summary.distinctCount
      range = summary.range
    }
  }

  /// Returns the number of levels that some row has; a file can declare others.
  private static func occurring(_ codes: LevelCodes, of levelCount: Int, missing: RowSet) -> Int {
    var occurs = [Bool](repeating: false, count: levelCount)
    codes.forEachCode { row, code in
      if occurs.indices.contains(code), missing.isEmpty || !missing.contains(row) { occurs[code] = true }
    }
    return occurs.count { $0 }
  }

  /// Returns the number of different texts, compared by a hash of 64 bits.
  private static func distinct(_ texts: PackedText, missing: RowSet) -> Int {
    var seen = DistinctWords()
    texts.forEach { row, text in
      if missing.isEmpty || !missing.contains(row) { seen.insert(LevelTable.hash(text)) }
    }
    return seen.count
  }
}
