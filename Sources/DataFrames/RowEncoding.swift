/// The encoding of rows as network inputs: columns, their order, units and scales.
///
/// It is part of the model. The inputs are H2O's (h2o-behaviour.md#order-of-inputs): categorical
/// columns first, by descending number of levels, each with one unit per level and one for missing
/// levels; then numeric columns.
package struct RowEncoding: Sendable, Codable, Equatable {
  package struct Categorical: Sendable, Codable, Equatable {
    package let name: String
    package let levels: [String]
    /// The input unit of the first level that has one.
    package let firstUnit: Int
    /// True if the training table had a missing value here; otherwise the missing unit is never trained.
    package let hasMissing: Bool

    package init(name: String, levels: [String], firstUnit: Int, hasMissing: Bool) {
      self.name = name
      self.levels = levels
      self.firstUnit = firstUnit
      self.hasMissing = hasMissing
    }
  }

  package struct Numeric: Sendable, Codable, Equatable {
    package let name: String
    /// The mean in the training table, or its median for robust inputs, which replaces missing values.
    package let mean: Double
    /// The input is (value - subtract) * multiply, clipped if ``clip`` says so.
    package let subtract: Double
    package let multiply: Double
    /// The bound of a smooth clip: the input x becomes x / sqrt(1 + (x / clip)^2); nil for none.
    package let clip: Double?
    /// True if the training table held times here; tables for scoring then contain dates too.
    package let isTime: Bool

    package init(
      name: String, mean: Double, subtract: Double, multiply: Double, clip: Double? = nil, isTime: Bool = false
    ) {
      self.name = name
      self.clip = clip
      self.mean = mean
      self.subtract = subtract
      self.multiply = multiply
      self.isTime = isTime
    }

    /// Decodes models written before times were supported, too.
    package init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      name = try values.decode(String.self, forKey: .name)
      mean = try values.decode(Double.self, forKey: .mean)
      subtract = try values.decode(Double.self, forKey: .subtract)
      multiply = try values.decode(Double.self, forKey: .multiply)
      isTime = try values.decodeIfPresent(Bool.self, forKey: .isTime) ?? false
      clip = try values.decodeIfPresent(Double.self, forKey: .clip)
    }

    /// Returns the input of a value.
    package func input(_ value: Double) -> Double { clipped((value - subtract) * multiply) }

    /// Inputs of this many times the bound differ from the bound by less than a double can tell.
    private static let largestShare = 1e100

    /// Returns a scaled value after the smooth clip.
    func clipped(_ scaled: Double) -> Double {
      guard let clip else { return scaled }
      // An infinite value is beyond every bound.
      guard scaled.isFinite else { return scaled.isNaN ? scaled : scaled > 0 ? clip : -clip }
      let share = scaled / clip
      // The square of a larger share would be infinite.
      guard share.magnitude < Self.largestShare else { return share > 0 ? clip : -clip }
      return scaled / (1 + share * share).squareRoot()
    }
  }

  /// The transforms, which are applied first.
  package let transforms: [ColumnTransform]
  package let categoricals: [Categorical]
  package let numerics: [Numeric]
  /// The hash of one-hot units into fewer inputs; nil if each unit is an input.
  package let hash: FeatureHash?
  /// True if the first level of a categorical column has a unit.
  package let usesAllLevels: Bool
  /// True if numbers are scaled but not centred, and absent columns count as zeros.
  package let isSparse: Bool
  package let response: ResponseEncoding
  /// The numeric columns with an indicator of missing values; nil, as in older models, for none.
  private let indicatorSources: [String]?
  /// The column with the weight of each row; nil without weights.
  package let weights: String?
  /// The column with the offset of each row; nil without offsets.
  package let offset: String?

  package init(
    transforms: [ColumnTransform] = [], categoricals: [Categorical], numerics: [Numeric], hash: FeatureHash? = nil,
    usesAllLevels: Bool, isSparse: Bool = false, indicators: [String] = [],
    response: ResponseEncoding, weights: String? = nil, offset: String? = nil
  ) {
    indicatorSources = indicators.isEmpty ? nil : indicators
    self.transforms = transforms
    self.categoricals = categoricals
    self.numerics = numerics
    self.hash = hash
    self.usesAllLevels = usesAllLevels
    self.isSparse = isSparse
    self.response = response
    self.weights = weights
    self.offset = offset
  }

  /// The numeric columns with an indicator of missing values, in the order of these inputs, which
  /// follow all numeric columns.
  package var indicators: [String] { indicatorSources ?? [] }

  /// The names of the indicators.
  package var indicatorNames: [String] { indicators.map(MissingIndicator.name) }

  /// Returns the number of units of a column with `levelCount` levels, including the one for missing levels.
  package func unitCount(levelCount: Int) -> Int { levelCount + (usesAllLevels ? 1 : 0) }

  /// Whether some numeric input is clipped.
  package var clips: Bool { numerics.contains { $0.clip != nil } }

  /// The number of one-hot units of all categorical columns, before hashing.
  package var categoricalUnits: Int {
    categoricals.last.map { $0.firstUnit + unitCount(levelCount: $0.levels.count) } ?? 0
  }

  /// The number of inputs for categorical columns.
  package var categoricalInputs: Int { hash?.slots ?? categoricalUnits }

  package var inputCount: Int { categoricalInputs + numerics.count }

  /// The columns of a table that must be read as categorical.
  package var categoricalSources: [String] {
    transforms.map(\.source)
      + categoricals.map(\.name).filter { name in !transforms.contains { $0.names.contains(name) } }
  }

  /// The columns that the encoding needs from a table, with their types.
  package var sources: [(name: String, type: ColumnType)] {
    let derived = Set(transforms.flatMap(\.names) + indicatorNames)
    return categoricalSources.map { ($0, .categorical) }
      + numerics.filter { !derived.contains($0.name) }.map { ($0.name, $0.isTime ? .time : .number) }
  }

  /// Returns the table with all transforms applied, and the names of source columns that it lacks.
  func transformed(_ frame: Frame) -> (frame: Frame, missing: [String]) {
    guard !transforms.isEmpty || !indicators.isEmpty else { return (frame, []) }
    var columns = frame.columns
    var missing: [String] = []
    for transform in transforms {
      let source = frame.column(named: transform.source)
      columns.removeAll { $0.name == transform.source }
      columns += source.map(transform.columns) ?? transform.missingColumns(rowCount: frame.rowCount)
      if source == nil { missing.append(transform.source) }
    }
    if !indicators.isEmpty {
      let names = Set(indicatorNames)
      columns.removeAll { names.contains($0.name) }
      let positions = Dictionary(columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
      columns += indicators.map { name in
        positions[name].map { MissingIndicator.column(for: columns[$0]) }
          ?? MissingIndicator.column(forAbsent: name, isZero: isSparse, rowCount: frame.rowCount)
      }
    }
    return (frame.with(columns), missing)
  }

  /// Returns the rows of a table with a missing input, after all transforms.
  package func incompleteRows(of frame: Frame) -> RowSet {
    let table = transformed(frame).frame
    var rows = RowSet()
    for name in categoricals.map(\.name) + numerics.map(\.name) {
      if let column = table.column(named: name) { rows.insert(column.missing, shiftedBy: 0) }
    }
    return rows
  }

  /// Returns the unit for missing and unknown levels of a column, which is its last.
  package func missingUnit(_ column: Categorical) -> Int {
    column.firstUnit + unitCount(levelCount: column.levels.count) - 1
  }

  /// Returns the unit of a level; nil for a first level without a unit.
  package func unit(_ column: Categorical, level: Int) -> Int? {
    if usesAllLevels { return column.firstUnit + level }
    return level == 0 ? nil : column.firstUnit + level - 1
  }

  /// H2O's names of the inputs: `column.level`, `column.missing(NA)`, then the numeric columns.
  ///
  /// Hashed inputs are named C1, C2, ...
  package var inputNames: [String] {
    if let hash { return (1...hash.slots).map { "C\($0)" } + numerics.map(\.name) }
    return categoricals.flatMap { column in
      (usesAllLevels ? column.levels : Array(column.levels.dropFirst())).map { "\(column.name).\($0)" }
        + ["\(column.name).missing(NA)"]
    } + numerics.map(\.name)
  }

  /// The classes of the response; nil for a numeric response and for an autoencoder.
  package var classes: [String]? {
    guard case .classes(_, let levels) = response else { return nil }
    return levels
  }

  /// The units for missing levels; empty with hashing, where they share units with other levels.
  package var missingUnits: [Int] { hash != nil ? [] : categoricals.map(missingUnit) }
}

/// The prediction target of a model.
package enum ResponseEncoding: Sendable, Codable, Equatable {
  /// One class per level, in this order.
  case classes(name: String, levels: [String])
  /// A number; the training target is (value - subtract) * multiply.
  case number(name: String, subtract: Double, multiply: Double)
  /// None: an autoencoder.
  case none

  /// The response column; nil for an autoencoder.
  package var name: String? {
    switch self {
    case .classes(let name, _), .number(let name, _, _): name
    case .none: nil
    }
  }
}
