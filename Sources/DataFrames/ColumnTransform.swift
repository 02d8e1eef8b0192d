/// A transform that replaces a categorical column before rows are encoded, for any
/// `categorical_encoding` other than one-hot.
///
/// It is part of the model and also applies to tables for scoring. Source:
/// h2o-behaviour.md#encodings-of-categories, and observation of H2O 3.46 (names, order, ties).
package struct ColumnTransform: Sendable, Codable, Equatable {
  package enum Kind: Sendable, Codable, Equatable {
    /// One number: the number that the level spells if all levels are numbers, else its index.
    case label([Double])
    /// The bits of index + 1, least significant first; 0 for a missing level.
    case bits(count: Int)
    /// One number: the level's element of the first principal component of the one-hot columns.
    case projection([Double])
    /// The same levels in another order.
    case reordered
    /// The most frequent levels and `other`, which stands for the pooled levels of the training table.
    case limited(pooled: [String])
  }

  package let source: String
  /// The levels of the training table that `kind` refers to; for `reordered` and `limited`, the new levels.
  package let levels: [String]
  package let kind: Kind

  /// H2O's name for the pooled level.
  package static let otherLevel = "other"
  /// The number of levels that EnumLimited keeps.
  static let limitedLevels = 10

  /// True if the column stays categorical with the same levels.
  package var isReordering: Bool { kind == .reordered }

  /// All levels of the training table.
  package var sourceLevels: [String] {
    guard case .limited(let pooled) = kind else { return levels }
    return levels.filter { $0 != Self.otherLevel || pooled.contains($0) } + pooled.filter { !levels.contains($0) }
  }

  /// Returns the numbers for a level, one per element of ``names``; nil stands for a missing level or number.
  ///
  /// Empty for kinds whose columns stay categorical.
  package func numbers(ofLevel level: Int?) -> [Double?] {
    switch kind {
    case .label(let values), .projection(let values): [level.map { values[$0] }]
    case .bits(let count): (0..<count).map { Double((level.map { $0 + 1 } ?? 0) >> $0 & 1) }
    case .reordered, .limited: []
    }
  }

  /// The names of the columns that replace the source.
  package var names: [String] {
    switch kind {
    case .label, .reordered: [source]
    case .bits(let count): (0..<count).map { "\(source):\($0)" }
    case .projection: ["\(source).Eigen"]
    case .limited: ["\(source).top_\(Self.limitedLevels)_levels"]
    }
  }

  /// Returns the columns that replace `column`.
  ///
  /// Unknown levels count as missing or, with EnumLimited, as `other`.
  func columns(for column: Column) -> [Column] {
    let index = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
    let codes = (0..<column.rowCount).map { row in column.text(at: row).map { index[$0] ?? -1 } }
    switch kind {
    case .label(let values), .projection(let values):
      return [Self.numeric(names[0], codes.map { $0.flatMap { $0 < 0 ? nil : values[$0] } })]
    case .bits(let count):
      return (0..<count).map { bit in
        Self.numeric(names[bit], codes.map { code in Double(((code ?? -1) + 1) >> bit & 1) })
      }
    case .reordered: return [Self.categorical(names[0], codes.map { $0.flatMap { $0 < 0 ? nil : $0 } }, levels)]
    case .limited:
      let other = index[Self.otherLevel] ?? levels.count - 1
      return [Self.categorical(names[0], codes.map { $0.map { $0 < 0 ? other : $0 } }, levels)]
    }
  }

  /// Returns the columns that replace the source in a table without it.
  func missingColumns(rowCount: Int) -> [Column] {
    let codes = [Int32](repeating: 0, count: rowCount)
    var missing = RowSet()
    for row in 0..<rowCount { missing.insert(row) }
    return columns(for: Column(name: source, values: .categorical(codes, levels: [""]), missing: missing))
  }

  private static func numeric(_ name: String, _ values: [Double?]) -> Column {
    Column(name: name, values: .doubles(values.map { $0 ?? 0 }), missing: missing(values))
  }

  private static func categorical(_ name: String, _ codes: [Int?], _ levels: [String]) -> Column {
    Column(name: name, values: .categorical(codes.map { Int32($0 ?? 0) }, levels: levels), missing: missing(codes))
  }

  private static func missing<Value>(_ values: [Value?]) -> RowSet {
    var missing = RowSet()
    for (row, value) in values.enumerated() where value == nil { missing.insert(row) }
    return missing
  }
}
