internal import Wording

/// Encodes a table as ``EncodedRows`` by the rules of a ``RowEncoding``; matches columns and levels by name.
package struct RowEncoder: Sendable {
  /// The purpose of the encoded rows.
  package enum Purpose: Sendable {
    case training
    /// For metrics: predictions are compared with the response.
    case scoring
    /// For predictions only: the response and weights are not needed.
    case prediction
  }

  package enum Precision: Sendable {
    case single
    case double
  }

  let encoding: RowEncoding
  let precision: Precision
  let missingNumber: MissingNumber
  /// True if sparse rows lose inputs; see ``SparseTraining/losesFirstInput``.
  let losesFirstInput: Bool
  private let missingLevel: MissingLevel
  private let hashedLevels: HashedLevels
  private let unknownClasses: UnknownClasses
  private let isForPrediction: Bool
  /// Whether numbers are stored as bytes; nil if the rows to encode decide.
  private(set) var packsBytes: Bool?

  /// - `rules`: The rules for missing values, unknown classes and hashed levels, for this `purpose`.
  package init(
    _ encoding: RowEncoding, rules: TableRules = TableRules(), precision: Precision, purpose: Purpose = .scoring
  ) {
    self.encoding = encoding
    self.precision = precision
    isForPrediction = purpose == .prediction
    switch purpose {
    case .training:
      missingNumber = .mean
      missingLevel = rules.trainedGaps
      losesFirstInput = encoding.isSparse && rules.sparseTraining == .losesFirstInput
      hashedLevels = .withUnits
      unknownClasses = .notScored
    case .scoring, .prediction:
      missingNumber = rules.scoredGaps
      missingLevel = .missingUnit
      losesFirstInput = false
      hashedLevels = rules.hashedLevels
      unknownClasses = rules.unknownClasses
    }
  }

  /// Returns the encoder that stores the numbers of any rows of `frame` as it would those of the whole table.
  func settled(by frame: Frame) -> RowEncoder {
    var encoder = self
    encoder.packsBytes = takesBytes(encoding.numerics.map { frame.column(named: $0.name) })
    return encoder
  }

  /// Returns the rows of `frame`, and a warning for each mismatch with the model.
  ///
  /// - Throws: ``FrameError/unusable(path:problem:)`` if the table has none of the model's
  ///   predictors, or if a numeric one is categorical.
  package func encode(_ given: Frame) throws(FrameError) -> (rows: EncodedRows, warnings: [String]) {
    guard !given.isOpenEnded || encoding.sources.contains(where: { given.column(named: $0.name) != nil }) else {
      throw strange(given)
    }
    let (frame, missing) = encoding.transformed(given.widened(to: encoding.sources))
    var warnings = missing.map { absence(of: $0, in: frame) }
    var incomplete = RowSet()
    var units = try encodeCategoricals(frame, &incomplete, &warnings)
    var numerics = try encodeNumerics(frame, &incomplete, &warnings)
    if losesFirstInput { loseFirstInputs(frame, &units, &numerics) }
    if let hash = encoding.hash { hashUnits(&units, hash) }
    let names = predictors
    guard names.contains(where: { frame.column(named: $0) != nil }), missing.count < max(1, names.count) else {
      throw strange(frame)
    }
    let rows = EncodedRows(
      rowCount: frame.rowCount, categoricalCount: encoding.categoricals.count, numericCount: encoding.numerics.count,
      units: units, numerics: numerics, targets: encodeTargets(frame, &warnings),
      weights: encodeWeights(frame, &warnings), offsets: try encodeOffsets(frame), incomplete: incomplete,
      strangers: strangers(frame))
    return (rows, warnings)
  }

  /// Returns the warning about an absent column, with the most similar name that the model does not use.
  func absence(of name: String, in frame: Frame) -> String {
    let used = Set(predictors)
    let others = frame.unreadNames + frame.columns.map(\.name).filter { !used.contains($0) }
    let nearest = NearestWord.find(name, among: others).map { " (did you mean '\($0)'?)" } ?? ""
    return "'\(frame.path)' has no column '\(name)'\(nearest); its values count as missing"
  }

  private var predictors: [String] {
    let indicators = Set(encoding.indicatorNames)
    return encoding.categoricals.map(\.name) + encoding.numerics.map(\.name).filter { !indicators.contains($0) }
  }

  private func strange(_ frame: Frame) -> FrameError {
    let doubt = frame.layout?.contradictions.first { $0.columns.isEmpty }.map { "; \($0.sentence)" } ?? ""
    return .unusable(
      path: frame.path, problem: "has none of the model's columns: \(predictors.joined(separator: ", "))\(doubt)")
  }

  private func encodeCategoricals(
    _ frame: Frame, _ incomplete: inout RowSet, _ warnings: inout [String]
  ) throws(FrameError) -> [Int32] {
    let count = encoding.categoricals.count
    var units = [Int32](repeating: -1, count: frame.rowCount * count)
    for (index, expected) in encoding.categoricals.enumerated() {
      guard let column = frame.column(named: expected.name) else {
        warnings.append(absence(of: expected.name, in: frame))
        let unit = encoding.isSparse ? encoding.unit(expected, level: 0) ?? -1 : encoding.missingUnit(expected)
        fill(&units, column: index, stride: count, with: Int32(unit))
        continue
      }
      let levels = LevelMap(column, expected: expected.levels)
      if !levels.unknown.isEmpty {
        let names = levels.unknown.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        let counted = NumberText.count(levels.unknown.count, "level")
        warnings.append(
          "column '\(expected.name)' of '\(frame.path)' has \(counted) that the model does not know (\(names)); "
            + (levels.unknown.count == 1 ? "it counts as missing" : "they count as missing"))
      }
      for row in 0..<frame.rowCount {
        if let level = levels.level(at: row) {
          units[row * count + index] = encoding.unit(expected, level: level).map(Int32.init) ?? -1
        } else {
          incomplete.insert(row)
          units[row * count + index] = Int32(unitForMissing(expected))
        }
      }
    }
    return units
  }

  /// Maps one-hot units to slots.
  ///
  /// A dropped first level has no unit (-1 here); some models hash it nevertheless.
  private func hashUnits(_ units: inout [Int32], _ hash: FeatureHash) {
    var slots: [Int32: Int32] = hashedLevels == .all ? [:] : [-1: -1]
    for index in units.indices {
      let unit = units[index]
      let slot = slots[unit] ?? hash.slot(of: unit)
      slots[unit] = slot
      units[index] = slot
    }
  }

  private func unitForMissing(_ column: RowEncoding.Categorical) -> Int {
    switch missingLevel {
    case .missingUnit: encoding.missingUnit(column)
    case .lastLevelUnit: encoding.usesAllLevels ? encoding.missingUnit(column) : encoding.missingUnit(column) - 1
    }
  }

  private func fill(_ units: inout [Int32], column: Int, stride: Int, with unit: Int32) {
    for position in Swift.stride(from: column, to: units.count, by: stride) { units[position] = unit }
  }

  /// Returns the weights; absent weights are 1 if the table lacks the column, and 0 in single rows.
  private func encodeWeights(_ frame: Frame, _ warnings: inout [String]) -> [Double]? {
    guard let name = encoding.weights, !isForPrediction else { return nil }
    guard let column = frame.column(named: name) else {
      warnings.append("'\(frame.path)' has no weights column '\(name)'; every row gets weight 1")
      return nil
    }
    return (0..<frame.rowCount).map { row in
      let weight = column.number(at: row)
      return weight > 0 ? weight : 0
    }
  }

  private func encodeOffsets(_ frame: Frame) throws(FrameError) -> [Double]? {
    guard let name = encoding.offset else { return nil }
    let column = try frame.column(named: name, for: .offset)
    return (0..<frame.rowCount).map { column.number(at: $0) }
  }

  private func encodeTargets(_ frame: Frame, _ warnings: inout [String]) -> [Double] {
    guard let name = encoding.response.name else { return [Double](repeating: 0, count: frame.rowCount) }
    guard !isForPrediction, let column = frame.column(named: name) else { return [] }
    switch encoding.response {
    case .none: return []
    case .number(_, let subtract, let multiply):
      return (0..<frame.rowCount).map { (column.number(at: $0) - subtract) * multiply }
    case .classes(let name, let expected):
      let levels = LevelMap(column, expected: expected)
      if !levels.unknown.isEmpty {
        warnings.append(
          "response '\(name)' of '\(frame.path)' has levels that the model does not know "
            + "(\(levels.unknown.prefix(5).map { "'\($0)'" }.joined(separator: ", "))); those rows "
            + (strangersCount(expected) ? "count as misclassified" : "are not scored"))
      }
      return (0..<frame.rowCount).map { levels.level(at: $0).map(Double.init) ?? .nan }
    }
  }
}

extension RowEncoder {
  /// Returns true if rows of unknown classes count; with two classes they never do.
  private func strangersCount(_ classes: [String]) -> Bool { unknownClasses == .wrong && classes.count > 2 }

  private func strangers(_ frame: Frame) -> EncodedRows.Strangers {
    var strangers = EncodedRows.Strangers()
    guard !isForPrediction, case .classes(let name, let expected) = encoding.response, strangersCount(expected),
      let column = frame.column(named: name)
    else { return strangers }
    // Most tables have no unknown class, which saves the look at every row.
    if column.levels != nil, LevelMap(column, expected: expected).unknown.isEmpty { return strangers }
    let known = Set(expected)
    var index: [String: Int] = [:]
    for row in 0..<frame.rowCount where !column.missing.contains(row) {
      guard let label = column.text(at: row), !known.contains(label) else { continue }
      let stranger = index[label] ?? strangers.labels.count
      if stranger == strangers.labels.count {
        strangers.labels.append(label)
        index[label] = stranger
      }
      strangers.classOfRow[row] = stranger
    }
    return strangers
  }
}

/// Maps the rows of a column to the model's levels, by name.
private struct LevelMap {
  private let column: Column
  private let expectedIndex: [String: Int]
  /// The model's index of each level of a categorical column.
  private let indexOfCode: [Int?]
  let unknown: [String]

  init(_ column: Column, expected: [String]) {
    self.column = column
    let index = Dictionary(uniqueKeysWithValues: expected.enumerated().map { ($1, $0) })
    expectedIndex = index
    indexOfCode = (column.levels ?? []).map { index[$0] }
    unknown = (column.levels ?? []).filter { index[$0] == nil }
  }

  /// Returns nil for missing values and unknown levels.
  ///
  /// Numbers are matched by their printed form.
  func level(at row: Int) -> Int? {
    if case .coded = column.values { return column.level(at: row).flatMap { indexOfCode[$0] } }
    return column.text(at: row).flatMap { expectedIndex[$0] }
  }
}
