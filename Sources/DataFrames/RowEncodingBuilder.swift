internal import Wording

/// Selects the columns, order, units and scales of an encoding from a training table.
package struct RowEncodingBuilder: Sendable {
  /// The ways to scale a numeric response for training.
  package enum ResponseScale: Sendable {
    /// No scaling.
    case units
    /// Mean 0 and deviation 1.
    case standardized
    /// Mean 0 and deviation 1 for the response minus the offset.
    case residual
  }

  /// The choices of the job that affect the encoding.
  package struct Choices: Sendable {
    package var ignoredColumns: Set<String> = []
    package var dropsConstantColumns = true
    /// Columns that are never dropped: the inputs of a model whose training continues.
    package var keptColumns: Set<String> = []
    /// Drops text columns and columns without values even if constant columns are kept.
    package var alwaysDropsBadColumns = true
    package var usesAllLevels = true
    package var standardizesInputs = true
    /// Scales numeric inputs by their quartiles and clips them smoothly; takes precedence over the other scales.
    package var scalesByQuartiles = false
    /// Scales numbers without centring them.
    package var isSparse = false
    /// Centres the inputs of sparse autoencoders nevertheless, as H2O does in scoring only.
    package var centersSparseRange = false
    /// Scales numbers to a range of 1 instead of a deviation of 1, as for autoencoders.
    package var scalesByRange = false
    package var responseScale = ResponseScale.residual
    /// Updates means and deviations row by row, as H2O does.
    package var takesRunningMoments = false
    package var weightsColumn: String?
    package var offsetColumn: String?
    package var foldColumn: String?
    package var groupColumn: String?
    /// Adds an indicator of missing values to numeric predictors.
    package var addsMissingIndicators = false
    package var categoricalEncoding = CategoricalEncoding.oneHot
    /// Chooses the most frequent levels as H2O does.
    package var hashesLimitedLevels = false
    /// The number of one-hot units above which they are hashed.
    package var maximumCategoricalInputs = Int.max
    package var seed = 0

    package init() {}
  }

  /// The maximum number of classes, as in H2O (rule E12).
  private static let maximumClasses = 1_048_576

  let choices: Choices

  package init(_ choices: Choices) { self.choices = choices }

  /// Returns the encoding for `frame`, and a warning for each dropped column.
  ///
  /// - Throws: ``FrameError`` if the response cannot be learnt or no predictor is left.
  package func build(_ frame: Frame, response name: String?) throws(FrameError) -> (RowEncoding, warnings: [String]) {
    for ignored in choices.ignoredColumns.sorted() { _ = try frame.column(named: ignored, for: .ignored) }
    let weights = try choices.weightsColumn.map { name throws(FrameError) in try weightsColumn(name, frame) }
    let offset = try choices.offsetColumn.map { name throws(FrameError) in try offsetColumn(name, frame) }
    // H2O ignores weights in the scales if there is an offset too.
    let scaleWeights = offset == nil || choices.responseScale == .residual ? weights : nil
    var response = ResponseEncoding.none
    if let name {
      let column = try frame.column(named: name, for: .response)
      response = try responseEncoding(column, weights: scaleWeights, offset: offset, path: frame.path)
    }
    let roles = Set(
      [name, choices.weightsColumn, choices.offsetColumn, choices.foldColumn, choices.groupColumn].compactMap { $0 })
    var dropped: [(reason: String, names: [String])] = []
    let candidates = frame.columns.filter { !roles.contains($0.name) && !choices.ignoredColumns.contains($0.name) }
    var predictors: [Column] = []
    for column in candidates {
      if !choices.keptColumns.contains(column.name), let reason = reasonToDrop(column) {
        if let index = dropped.firstIndex(where: { $0.reason == reason }) {
          dropped[index].names.append(column.name)
        } else {
          dropped.append((reason, [column.name]))
        }
      } else {
        predictors.append(column)
      }
    }
    let warnings = dropped.map(Self.sentence)
    guard !predictors.isEmpty else {
      throw .unusable(
        path: frame.path,
        problem:
          "no predictor is left\(name.map { " besides the response '\($0)'" } ?? ""): "
          + (warnings.isEmpty
            ? "all other columns are ignored or have a role" : warnings.joined(separator: "; "))
      )
    }
    if let text = predictors.first(where: \.holdsText) {
      throw .unusable(
        path: frame.path,
        problem: "column '\(text.name)' holds text, and ignore_const_cols: false keeps it, but H2O 3.46 fails on such "
          + "columns; add it to ignored_columns or declare its type in column_types")
    }
    let builder = ColumnTransformBuilder(
      encoding: choices.categoricalEncoding, response: name.flatMap { frame.column(named: $0) }, weights: weights,
      hashesLimitedLevels: choices.hashesLimitedLevels)
    let transforms = predictors.compactMap(builder.transform)
    let inputs = builder.apply(transforms, to: predictors)
    let indicators = try indicators(inputs, frame, response: name.flatMap { frame.column(named: $0) }, weights: weights)
    return (
      encoding(inputs, transforms: transforms, indicators: indicators, response: response, weights: scaleWeights),
      warnings
    )
  }

  /// The number of columns that a message lists by name.
  private static let namedColumns = 10

  private static func sentence(_ dropped: (reason: String, names: [String])) -> String {
    let names = dropped.names.quoted(atMost: namedColumns)
    return dropped.names.count == 1
      ? "column \(names) is not used: \(dropped.reason)"
      : "\(dropped.names.count) columns are not used (\(names)): each "
        + dropped.reason.replacing("it holds", with: "holds")
  }

  /// The maximum weight; in a sum with larger weights the others would vanish.
  private static let maximumWeight = 1e9

  /// Returns the weights column after checking it (rule E13).
  func weightsColumn(_ name: String, _ frame: Frame) throws(FrameError) -> Column {
    let column = try frame.column(named: name, for: .weights)
    let statistics = ColumnStatistics(column)
    let problem: String
    if !column.isNumeric {
      problem = "is \(column.typeName), not numeric; name a column of numbers, or declare it real in column_types"
    } else if !column.missing.isEmpty {
      problem = "has \(column.missing.count) missing values; give every row a weight, 0 for rows that do not count"
    } else if statistics.minimum < 0 {
      problem = "holds negative weights; weights must be 0 or more"
    } else if statistics.maximum > Self.maximumWeight {
      problem = "holds weights above \(Self.maximumWeight); scale them down"
    } else if statistics.maximum == 0 {
      problem = "holds only zeros; at least one row needs a positive weight"
    } else {
      return column
    }
    throw .unfitColumn(path: frame.path, role: .weights, column: name, problem: problem)
  }

  /// Returns the offset column after checking it (rule E14).
  func offsetColumn(_ name: String, _ frame: Frame) throws(FrameError) -> Column {
    let column = try frame.column(named: name, for: .offset)
    let problem: String
    if name == choices.weightsColumn {
      problem = "is the weights_column too; a column has one role"
    } else if !column.isNumeric {
      problem = "is \(column.typeName), not numeric; name a column of numbers, or declare it real in column_types"
    } else if !column.missing.isEmpty {
      problem = "has \(column.missing.count) missing values; give every row an offset"
    } else {
      return column
    }
    throw .unfitColumn(path: frame.path, role: .offset, column: name, problem: problem)
  }

  private func encoding(
    _ predictors: [Column], transforms: [ColumnTransform], indicators: [Column], response: ResponseEncoding,
    weights: Column?
  ) -> RowEncoding {
    var ordered = predictors.filter { $0.levels != nil }
    // H2O's exchange sort is not stable, so its order can only be reproduced by the same algorithm.
    for i in ordered.indices {
      for j in ordered.indices where j > i && levelCount(ordered[i]) < levelCount(ordered[j]) {
        ordered.swapAt(i, j)
      }
    }
    var firstUnit = 0
    var categoricals: [RowEncoding.Categorical] = []
    for column in ordered {
      categoricals.append(
        .init(
          name: column.name, levels: column.levels ?? [], firstUnit: firstUnit, hasMissing: !column.missing.isEmpty))
      firstUnit += levelCount(column) + (choices.usesAllLevels ? 1 : 0)
    }
    let numerics = predictors.filter { $0.levels == nil }.map { column in
      if choices.scalesByQuartiles { return robust(column, weights: weights) }
      let plain = statistics(of: column, weights: nil)
      let statistics = weights.map { self.statistics(of: column, weights: $0) } ?? plain
      let isScaled = choices.standardizesInputs
      let isCentered = isScaled && (!choices.isSparse || (choices.scalesByRange && choices.centersSparseRange))
      let spread = choices.scalesByRange ? statistics.maximum - statistics.minimum : statistics.deviation
      return RowEncoding.Numeric(
        name: column.name, mean: plain.mean, subtract: isCentered ? statistics.mean : 0,
        multiply: isScaled ? Self.scale(spread) : 1, isTime: column.isTime)
    }
    let gaps = indicators.map { column in
      let mean = Double(column.missing.count) / Double(max(1, column.rowCount))
      return RowEncoding.Numeric(name: MissingIndicator.name(of: column.name), mean: mean, subtract: 0, multiply: 1)
    }
    let limit = choices.maximumCategoricalInputs
    return RowEncoding(
      transforms: transforms, categoricals: categoricals, numerics: numerics + gaps,
      hash: limit < firstUnit ? FeatureHash(slots: limit, seed: choices.seed) : nil,
      usesAllLevels: choices.usesAllLevels,
      isSparse: choices.isSparse, indicators: indicators.map(\.name), response: response,
      weights: choices.weightsColumn, offset: choices.offsetColumn)
  }

  /// The bound of the smooth clip of robust inputs, as in RealMLP.
  private static let robustClip = 3.0

  private func robust(_ column: Column, weights: Column?) -> RowEncoding.Numeric {
    let quartiles = ColumnQuartiles(column, weights: weights)
    let center = choices.isSparse ? 0 : quartiles.median
    return RowEncoding.Numeric(
      name: column.name, mean: quartiles.median, subtract: center, multiply: quartiles.factor, clip: Self.robustClip,
      isTime: column.isTime)
  }

  /// Returns the factor that scales a spread to 1; 1 for a spread of 0, and 0 for NaN, which disables the input.
  private static func scale(_ spread: Double) -> Double { spread.isNaN ? 0 : spread > 0 ? 1 / spread : 1 }

  private func statistics(of column: Column, weights: Column?) -> ColumnStatistics {
    guard !choices.takesRunningMoments else { return .running(column, weights: weights) }
    return weights.map { ColumnStatistics(column, weights: $0) } ?? ColumnStatistics(column)
  }

  private func levelCount(_ column: Column) -> Int { column.levels?.count ?? 0 }

  private func reasonToDrop(_ column: Column) -> String? {
    if column.holdsText, choices.alwaysDropsBadColumns || choices.dropsConstantColumns {
      return "it holds text, which is neither numeric nor categorical"
    }
    if column.missing.count == column.rowCount, choices.alwaysDropsBadColumns || choices.dropsConstantColumns {
      return "it holds no value"
    }
    if choices.dropsConstantColumns, isConstant(column) { return "it holds a single value" }
    return nil
  }

  private func isConstant(_ column: Column) -> Bool {
    if let levels = column.levels { return levels.count <= 1 }
    if case .sparse(let sparse) = column.values, column.missing.isEmpty {
      return sparse.numbers.isEmpty
        || (sparse.numbers.count == sparse.rowCount && sparse.numbers.allSatisfy { $0 == sparse.numbers[0] })
    }
    var first = Double.nan
    for row in 0..<column.rowCount {
      let value = column.number(at: row)
      guard !value.isNaN else { continue }
      if first.isNaN { first = value } else if value != first { return false }
    }
    return true
  }

  func responseEncoding(
    _ column: Column, weights: Column?, offset: Column?, path: String
  ) throws(FrameError) -> ResponseEncoding {
    func refuse(_ problem: String) -> FrameError {
      .unfitColumn(path: path, role: .response, column: column.name, problem: problem)
    }
    let name = column.name
    if case .packed = column.values {
      throw refuse("holds text; declare it enum in column_types, or choose another column")
    }
    guard column.missing.count < column.rowCount else { throw refuse("holds no value; name a column that does") }
    guard !isConstant(column) else {
      throw refuse("is constant: there is nothing to learn; choose another response_column")
    }
    if let levels = column.levels {
      guard levels.count <= Self.maximumClasses else {
        throw refuse("has \(levels.count) classes; the maximum is \(Self.maximumClasses)")
      }
      return .classes(name: name, levels: levels)
    }
    switch choices.responseScale {
    case .units: return .number(name: name, subtract: 0, multiply: 1)
    case .standardized:
      let statistics = statistics(of: column, weights: weights)
      guard statistics.deviation > 0 else { return .number(name: name, subtract: 0, multiply: 1) }
      return .number(name: name, subtract: statistics.mean, multiply: 1 / statistics.deviation)
    case .residual:
      let statistics = statistics(of: offset.map { column.minus($0) } ?? column, weights: weights)
      return .number(
        name: name, subtract: statistics.mean, multiply: statistics.deviation > 0 ? 1 / statistics.deviation : 1)
    }
  }
}

extension Column {
  /// Returns the difference of two numeric columns, row by row; missing where either value is missing.
  fileprivate func minus(_ other: Column) -> Column {
    var missing = missing
    missing.insert(other.missing, shiftedBy: 0)
    return Column(
      name: name, values: .doubles((0..<rowCount).map { number(at: $0) - other.number(at: $0) }), missing: missing)
  }
}
