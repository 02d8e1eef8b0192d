internal import Wording

/// Encodes numbers as inputs, in the narrowest storage without loss.
extension RowEncoder {
  func encodeNumerics(
    _ frame: Frame, _ incomplete: inout RowSet, _ warnings: inout [String]
  ) throws(FrameError) -> EncodedRows.Numerics {
    var columns: [Column?] = []
    var absent: [String] = []
    for expected in encoding.numerics {
      let column = frame.column(named: expected.name)
      if column == nil { absent.append(expected.name) }
      if let column, !column.isNumeric {
        throw .unusable(
          path: frame.path,
          problem: "column '\(expected.name)' is \(column.typeName) here but numeric in the model; the table must hold "
            + "numbers there")
      }
      if let column {
        incomplete.insert(column.missing, shiftedBy: 0)
      } else if !encoding.isSparse {
        for row in 0..<frame.rowCount { incomplete.insert(row) }
      }
      columns.append(column)
    }
    warnings += sentences(absent, frame)
    if let sparse = sparseRows(columns, frame) { return .sparse(sparse) }
    if packsBytes ?? takesBytes(columns) {
      return packBytes(columns.compactMap { $0?.bytes }, rowCount: frame.rowCount)
    }
    let count = encoding.numerics.count
    var values = [Double](inLargePages: 0, count: precision == .double ? frame.rowCount * count : 0)
    var singles = [Float](inLargePages: 0, count: precision == .single ? frame.rowCount * count : 0)
    for (index, expected) in encoding.numerics.enumerated() {
      let subtract = losesFirstInput ? 0 : expected.subtract
      let replacement =
        missingNumber == .mean ? expected.clipped((expected.mean - subtract) * expected.multiply) : 0
      let absent = encoding.isSparse ? expected.clipped((0 - subtract) * expected.multiply) : replacement
      switch precision {
      case .double:
        values.withUnsafeMutableBufferPointer { values in
          guard let column = columns[index] else {
            for row in 0..<frame.rowCount { values[row * count + index] = absent }
            return
          }
          column.forEachNumber { row, value in
            values[row * count + index] =
              value.isNaN ? replacement : expected.clipped((value - subtract) * expected.multiply)
          }
        }
      case .single:
        singles.withUnsafeMutableBufferPointer { singles in
          guard let column = columns[index] else {
            for row in 0..<frame.rowCount { singles[row * count + index] = Float(absent) }
            return
          }
          column.forEachNumber { row, value in
            let input = value.isNaN ? replacement : expected.clipped((value - subtract) * expected.multiply)
            singles[row * count + index] = Float(input)
          }
        }
      }
    }
    return precision == .double ? .doubles(values) : .singles(singles)
  }

  /// Reproduces H2O's sparse training rows, whose unused slots write a zero over input 0.
  ///
  /// Source: h2o-behaviour.md#sparse-tables.
  func loseFirstInputs(_ frame: Frame, _ units: inout [Int32], _ numerics: inout EncodedRows.Numerics) {
    let columns = encoding.numerics.compactMap { frame.column(named: $0.name) }
    let stride = encoding.categoricals.count
    guard case .doubles(var values) = numerics else { return }
    for row in 0..<frame.rowCount {
      let count = columns.count { $0.number(at: row) != 0 }
      guard count < Self.sparseSlots(forNumbers: count, columns: columns.count) else { continue }
      if stride > 0 {
        if units[row * stride] == 0 { units[row * stride] = -1 }
      } else {
        values[row * encoding.numerics.count] = 0
      }
    }
    numerics = .doubles(values)
  }

  /// Returns the number of slots of a sparse row in H2O.
  ///
  /// There is one slot per column up to sixteen; when they are full, their number grows by half.
  /// Rows of wider tables therefore have unused slots even if none of their numbers is zero.
  static func sparseSlots(forNumbers count: Int, columns: Int) -> Int {
    var slots = min(columns, 16)
    while slots < count { slots = max(4, slots + slots / 2) }
    return slots
  }

  /// The number of absent columns up to which each gets its own warning.
  private static let namedColumns = 10

  private func sentences(_ absent: [String], _ frame: Frame) -> [String] {
    guard absent.count > Self.namedColumns else { return absent.map { absence(of: $0, in: frame) } }
    return [
      "'\(frame.path)' lacks \(absent.count) of the model's columns (\(absent.quoted(atMost: Self.namedColumns))); "
        + "their values count as missing"
    ]
  }

  /// Returns the rows without zeros, if the job or the file format calls for it and zeros remain zeros.
  private func sparseRows(_ columns: [Column?], _ frame: Frame) -> SparseRows? {
    guard precision == .single, !losesFirstInput, encoding.isSparse || frame.isOpenEnded,
      encoding.numerics.allSatisfy({ $0.subtract == 0 })
    else { return nil }
    return SparseRows.of(rowCount: frame.rowCount, columns: columns) { index, number in
      let expected = encoding.numerics[index]
      return number.isNaN
        ? missingNumber == .mean ? expected.input(expected.mean) : 0 : expected.input(number)
    }
  }

  /// Returns true if all values are bytes and none is missing: stored as bytes they take a quarter of the memory, and a row
  /// fits in cache.
  func takesBytes(_ columns: [Column?]) -> Bool {
    precision == .single && !losesFirstInput && !encoding.clips && !columns.isEmpty
      && columns.allSatisfy { $0?.holdsBytes == true }
  }

  private func packBytes(_ sources: [[UInt8]], rowCount: Int) -> EncodedRows.Numerics {
    let count = sources.count
    let packed = [UInt8](unsafeUninitializedCapacity: rowCount * count) { buffer, filled in
      LargePages.request(for: UnsafeMutableRawBufferPointer(buffer))
      // Blocks of rows keep the target in cache while the loop visits all columns.
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
}
