/// Turns a table into ``EncodedRows`` by the rules of a ``RowEncoding``, matching columns and levels by name.
package struct RowEncoder: Sendable {
  /// What a missing number becomes.
  package enum MissingNumber: Sendable {
    case mean
    /// The input itself is zero, which is the mean only where inputs are standardised.
    case zeroInput
  }

  /// Which unit a missing level turns on.
  package enum MissingLevel: Sendable {
    case missingUnit
    /// The unit of the last real level: an error of H2O's training without use_all_factor_levels.
    case lastLevelUnit
  }

  package enum Precision: Sendable {
    case single
    case double
  }

  private let encoding: RowEncoding
  private let missingNumber: MissingNumber
  private let missingLevel: MissingLevel
  private let precision: Precision
  private let sparseErrors: Bool
  private let hashesDroppedLevels: Bool

  /// `sparseErrors`: Encodes sparse rows as H2O does in training: numbers are not centred, and the first input is lost
  /// in every row in which some number is zero.
  package init(
    _ encoding: RowEncoding, missingNumber: MissingNumber, missingLevel: MissingLevel, precision: Precision,
    sparseErrors: Bool = false, hashesDroppedLevels: Bool = false
  ) {
    self.encoding = encoding
    self.missingNumber = missingNumber
    self.missingLevel = missingLevel
    self.precision = precision
    self.hashesDroppedLevels = hashesDroppedLevels
    self.sparseErrors = sparseErrors && encoding.isSparse
  }

  /// The rows of `frame`, and sentences about what did not fit the model.
  ///
  /// - Throws: ``FrameError/unusable(path:problem:)`` when no predictor of the model is there, or one has become
  ///   categorical.
  package func encode(_ given: Frame) throws(FrameError) -> (rows: EncodedRows, warnings: [String]) {
    let (frame, missing) = encoding.transformed(given)
    var warnings = missing.map { "'\(given.path)' has no column '\($0)'; it counts as missing" }
    var incomplete = RowSet()
    var units = try encodeCategoricals(frame, &incomplete, &warnings)
    var numerics = try encodeNumerics(frame, &incomplete, &warnings)
    if sparseErrors { loseFirstInputs(frame, &units, &numerics) }
    if let hash = encoding.hash { hashUnits(&units, hash) }
    let names = encoding.categoricals.map(\.name) + encoding.numerics.map(\.name)
    guard names.contains(where: { frame.column(named: $0) != nil }), missing.count < max(1, names.count) else {
      throw .unusable(path: frame.path, problem: "has none of the model's columns: \(names.joined(separator: ", "))")
    }
    let rows = EncodedRows(
      rowCount: frame.rowCount, categoricalCount: encoding.categoricals.count, numericCount: encoding.numerics.count,
      units: units, numerics: numerics, targets: encodeTargets(frame, &warnings),
      weights: encodeWeights(frame, &warnings), offsets: try encodeOffsets(frame), incomplete: incomplete)
    return (rows, warnings)
  }

  private func encodeCategoricals(
    _ frame: Frame, _ incomplete: inout RowSet, _ warnings: inout [String]
  ) throws(FrameError) -> [Int32] {
    let count = encoding.categoricals.count
    var units = [Int32](repeating: -1, count: frame.rowCount * count)
    for (index, expected) in encoding.categoricals.enumerated() {
      guard let column = frame.column(named: expected.name) else {
        warnings.append("'\(frame.path)' has no column '\(expected.name)'; it counts as missing")
        let unit = encoding.isSparse ? encoding.unit(expected, level: 0) ?? -1 : encoding.missingUnit(expected)
        fill(&units, column: index, stride: count, with: Int32(unit))
        continue
      }
      let levels = LevelMap(column, expected: expected.levels)
      if !levels.unknown.isEmpty {
        let names = levels.unknown.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        warnings.append(
          "column '\(expected.name)' of '\(frame.path)' has \(levels.unknown.count) levels that the model does not "
            + "know (\(names)); they count as missing")
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

  /// A dropped first level has no unit; H2O hashes its -1 in scoring all the same.
  private func hashUnits(_ units: inout [Int32], _ hash: FeatureHash) {
    var slots: [Int32: Int32] = hashesDroppedLevels ? [:] : [-1: -1]
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

  private func encodeNumerics(
    _ frame: Frame, _ incomplete: inout RowSet, _ warnings: inout [String]
  ) throws(FrameError) -> EncodedRows.Numerics {
    var columns: [Column?] = []
    var absent: [String] = []
    let absentIsZero = encoding.isSparse || frame.isOpenEnded
    for expected in encoding.numerics {
      let column = frame.column(named: expected.name)
      if column == nil { absent.append(expected.name) }
      if let column, !column.isNumeric {
        throw .unusable(
          path: frame.path,
          problem: "column '\(expected.name)' is \(column.typeName) here but numeric in the model; "
            + "declare its type in column_types")
      }
      if let column {
        incomplete.insert(column.missing, shiftedBy: 0)
      } else if !absentIsZero {
        for row in 0..<frame.rowCount { incomplete.insert(row) }
      }
      columns.append(column)
    }
    if !frame.isOpenEnded { warnings += Self.sentences(absent, frame.path) }
    if let sparse = sparseRows(columns, rowCount: frame.rowCount) { return .sparse(sparse) }
    if precision == .single, !sparseErrors, let bytes = packBytes(columns, rowCount: frame.rowCount) { return bytes }
    let count = encoding.numerics.count
    var values = [Double](repeating: 0, count: precision == .double ? frame.rowCount * count : 0)
    var singles = [Float](repeating: 0, count: precision == .single ? frame.rowCount * count : 0)
    for (index, expected) in encoding.numerics.enumerated() {
      let subtract = sparseErrors ? 0 : expected.subtract
      let replacement = missingNumber == .mean ? (expected.mean - subtract) * expected.multiply : 0
      let absent = absentIsZero ? (0 - subtract) * expected.multiply : replacement
      switch precision {
      case .double:
        values.withUnsafeMutableBufferPointer { values in
          guard let column = columns[index] else {
            for row in 0..<frame.rowCount { values[row * count + index] = absent }
            return
          }
          column.forEachNumber { row, value in
            values[row * count + index] = value.isNaN ? replacement : (value - subtract) * expected.multiply
          }
        }
      case .single:
        singles.withUnsafeMutableBufferPointer { singles in
          guard let column = columns[index] else {
            for row in 0..<frame.rowCount { singles[row * count + index] = Float(absent) }
            return
          }
          column.forEachNumber { row, value in
            let input = value.isNaN ? replacement : (value - subtract) * expected.multiply
            singles[row * count + index] = Float(input)
          }
        }
      }
    }
    return precision == .double ? .doubles(values) : .singles(singles)
  }

  /// H2O's sparse training rows: slots that no number fills write a zero over input 0 (behavioural notes, section 17).
  private func loseFirstInputs(_ frame: Frame, _ units: inout [Int32], _ numerics: inout EncodedRows.Numerics) {
    let columns = encoding.numerics.compactMap { frame.column(named: $0.name) }
    let stride = encoding.categoricals.count
    guard case .doubles(var values) = numerics else { return }
    for row in 0..<frame.rowCount where columns.contains(where: { $0.number(at: row) == 0 }) {
      if stride > 0 {
        if units[row * stride] == 0 { units[row * stride] = -1 }
      } else {
        values[row * encoding.numerics.count] = 0
      }
    }
    numerics = .doubles(values)
  }

  /// Columns beyond this number are not each given a sentence.
  private static let namedColumns = 10

  private static func sentences(_ absent: [String], _ path: String) -> [String] {
    guard absent.count > namedColumns else {
      return absent.map { "'\(path)' has no column '\($0)'; it counts as missing" }
    }
    let names = absent.prefix(namedColumns).map { "'\($0)'" }.joined(separator: ", ")
    return [
      "'\(path)' lacks \(absent.count) of the model's columns (\(names) and \(absent.count - namedColumns) more); "
        + "they count as missing"
    ]
  }

  /// Only what is not zero, where the job says that little is and zeros stay zeros.
  private func sparseRows(_ columns: [Column?], rowCount: Int) -> SparseRows? {
    guard precision == .single, !sparseErrors, encoding.isSparse, encoding.numerics.allSatisfy({ $0.subtract == 0 })
    else { return nil }
    return SparseRows.of(rowCount: rowCount, columns: columns) { index, number in
      let expected = encoding.numerics[index]
      return number.isNaN
        ? missingNumber == .mean ? expected.mean * expected.multiply : 0 : number * expected.multiply
    }
  }

  /// The values as they are, if all are bytes and none is missing: a quarter of the memory, and a row fits in cache.
  private func packBytes(_ columns: [Column?], rowCount: Int) -> EncodedRows.Numerics? {
    guard columns.allSatisfy({ $0?.holdsBytes == true }) else { return nil }
    let sources = columns.compactMap { $0?.bytes }
    guard sources.count == columns.count, !sources.isEmpty else { return nil }
    let count = sources.count
    let packed = [UInt8](unsafeUninitializedCapacity: rowCount * count) { buffer, filled in
      // Blocks of rows keep the target in cache while the columns are walked.
      let block = 256
      for start in stride(from: 0, to: rowCount, by: block) {
        for (index, source) in sources.enumerated() {
          for row in start..<min(start + block, rowCount) { buffer[row * count + index] = source[row] }
        }
      }
      filled = rowCount * count
    }
    return .bytes(
      packed, subtract: encoding.numerics.map { Float($0.subtract) },
      multiply: encoding.numerics.map { Float($0.multiply) })
  }

  /// Missing weights are 1 in a table without the column, and 0 in single rows.
  private func encodeWeights(_ frame: Frame, _ warnings: inout [String]) -> [Double]? {
    guard let name = encoding.weights else { return nil }
    guard let column = frame.column(named: name) else {
      warnings.append("'\(frame.path)' has no weights column '\(name)'; every row counts as one")
      return nil
    }
    return (0..<frame.rowCount).map { row in
      let weight = column.number(at: row)
      return weight > 0 ? weight : 0
    }
  }

  private func encodeOffsets(_ frame: Frame) throws(FrameError) -> [Double]? {
    guard let name = encoding.offset else { return nil }
    let column = try frame.column(named: name, for: "offset_column")
    return (0..<frame.rowCount).map { column.number(at: $0) }
  }

  private func encodeTargets(_ frame: Frame, _ warnings: inout [String]) -> [Double] {
    guard let name = encoding.response.name else { return [Double](repeating: 0, count: frame.rowCount) }
    guard let column = frame.column(named: name) else { return [] }
    switch encoding.response {
    case .none: return []
    case .number(_, let subtract, let multiply):
      return (0..<frame.rowCount).map { (column.number(at: $0) - subtract) * multiply }
    case .classes(let name, let expected):
      let levels = LevelMap(column, expected: expected)
      if !levels.unknown.isEmpty {
        warnings.append(
          "response '\(name)' of '\(frame.path)' has levels that the model does not know "
            + "(\(levels.unknown.prefix(5).map { "'\($0)'" }.joined(separator: ", "))); those rows are not scored")
      }
      return (0..<frame.rowCount).map { levels.level(at: $0).map(Double.init) ?? .nan }
    }
  }
}

/// Finds the model's level for each row of a column, by name.
private struct LevelMap {
  private let column: Column
  private let expectedIndex: [String: Int]
  /// The model's index for each level of a categorical column.
  private let indexOfCode: [Int?]
  let unknown: [String]

  init(_ column: Column, expected: [String]) {
    self.column = column
    let index = Dictionary(uniqueKeysWithValues: expected.enumerated().map { ($1, $0) })
    expectedIndex = index
    indexOfCode = (column.levels ?? []).map { index[$0] }
    unknown = (column.levels ?? []).filter { index[$0] == nil }
  }

  /// Nil for missing values and unknown levels.
  ///
  /// Numbers are matched through their printed form.
  func level(at row: Int) -> Int? {
    if case .categorical = column.values { return column.level(at: row).flatMap { indexOfCode[$0] } }
    return column.text(at: row).flatMap { expectedIndex[$0] }
  }
}
