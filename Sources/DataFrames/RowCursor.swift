/// A cursor over ``EncodedRows``, one row at a time, in the precision of an engine.
///
/// The buffers are valid until the next move. Not Sendable: one thread uses a cursor.
package final class RowCursor<Scalar: BinaryFloatingPoint> {
  private let rows: EncodedRows
  private let unitBuffer: UnsafeMutableBufferPointer<Int32>
  private let numericBuffer: UnsafeMutableBufferPointer<Scalar>
  /// The same buffer with its concrete type, so that decoding is not generic.
  private let typedBuffer: Precision
  private var unitCount = 0
  private let unpacks: Bool
  private let expands: Bool
  /// The entries of a row that is stored and returned without its zeros.
  private let entryInputs: UnsafeMutablePointer<Int32>
  private let entryValues: UnsafeMutablePointer<Scalar>
  private var entryCount = 0
  /// The stored bytes of all rows, which `rows` keeps alive; nil if rows are converted to numbers.
  private let storedBytes: UnsafePointer<UInt8>?
  /// The first byte of the current row in `storedBytes`.
  private var firstByte = 0
  /// The offsets and factors of the stored bytes.
  private let scale: UnsafeMutablePointer<Float>

  private enum Precision {
    case singles(UnsafeMutablePointer<Float>)
    case doubles(UnsafeMutablePointer<Double>)
  }

  /// Creates a cursor.
  ///
  /// - `unpacks`: True to convert rows of bytes to numbers; false to return them as they are (``packed``).
  /// - `expands`: True to write out rows that are stored without zeros; false to return them as
  ///   they are (``sparse``).
  package init(_ rows: EncodedRows, unpacks: Bool = true, expands: Bool = true) {
    self.rows = rows
    var longest = 0
    if case .sparse(let sparse) = rows.numerics, !expands { longest = sparse.longestRow }
    if case .sparse = rows.numerics { self.expands = expands } else { self.expands = true }
    entryInputs = .allocate(capacity: max(1, longest))
    entryValues = .allocate(capacity: max(1, longest))
    entryInputs.initialize(repeating: 0, count: max(1, longest))
    entryValues.initialize(repeating: 0, count: max(1, longest))
    if case .bytes(let bytes, let subtract, let multiply) = rows.numerics, !unpacks {
      // The storage of an array neither moves nor changes while `rows` holds it.
      storedBytes = bytes.withUnsafeBufferPointer(\.baseAddress)
      scale = .allocate(capacity: max(1, 2 * rows.numericCount))
      scale.initialize(from: subtract + multiply, count: 2 * rows.numericCount)
    } else {
      storedBytes = nil
      scale = .allocate(capacity: 1)
    }
    self.unpacks = storedBytes == nil
    unitBuffer = .allocate(capacity: max(1, rows.categoricalCount))
    unitBuffer.initialize(repeating: 0)
    let numerics = UnsafeMutablePointer<Scalar>.allocate(capacity: max(1, rows.numericCount))
    numerics.initialize(repeating: 0, count: max(1, rows.numericCount))
    numericBuffer = UnsafeMutableBufferPointer(start: numerics, count: rows.numericCount)
    let raw = UnsafeMutableRawPointer(numerics)
    precondition(Scalar.self == Float.self || Scalar.self == Double.self, "engines use single or double precision")
    typedBuffer =
      Scalar.self == Float.self
      ? .singles(raw.assumingMemoryBound(to: Float.self)) : .doubles(raw.assumingMemoryBound(to: Double.self))
  }

  deinit {
    unitBuffer.deallocate()
    numericBuffer.deallocate()
    entryInputs.deallocate()
    entryValues.deallocate()
    scale.deallocate()
  }

  /// The input units of categorical columns that are 1.
  package var activeUnits: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: unitBuffer.baseAddress, count: unitCount)
  }

  /// The numeric inputs; empty if the row is packed or sparse.
  package var numerics: UnsafeBufferPointer<Scalar> {
    unpacks && expands
      ? UnsafeBufferPointer(start: numericBuffer.baseAddress, count: rows.numericCount)
      : UnsafeBufferPointer(start: nil, count: 0)
  }

  /// The bytes of the row, with the number to subtract from each and then the factor.
  ///
  /// Nil if rows are converted to numbers.
  package var packed: (bytes: UnsafePointer<UInt8>, subtract: UnsafePointer<Float>, multiply: UnsafePointer<Float>)? {
    storedBytes.map { ($0 + firstByte, UnsafePointer(scale), UnsafePointer(scale + rows.numericCount)) }
  }

  /// The nonzero numeric inputs, numbered from the first numeric input, and their values.
  ///
  /// Nil if rows are written out.
  package var sparse: (inputs: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Scalar>)? {
    expands
      ? nil
      : (
        UnsafeBufferPointer(start: entryInputs, count: entryCount),
        UnsafeBufferPointer(start: entryValues, count: entryCount)
      )
  }

  package func move(to row: Int) {
    unitCount = 0
    let first = row * rows.categoricalCount
    for index in 0..<rows.categoricalCount where rows.units[first + index] >= 0 {
      unitBuffer[unitCount] = rows.units[first + index]
      unitCount += 1
    }
    if case .sparse(let sparse) = rows.numerics {
      move(to: sparse.starts[row]..<sparse.starts[row + 1], of: sparse)
      return
    }
    let numerics = row * rows.numericCount..<(row + 1) * rows.numericCount
    guard unpacks else {
      firstByte = numerics.lowerBound
      return
    }
    switch typedBuffer {
    case .singles(let buffer):
      Self.decode(rows.numerics, numerics, into: buffer) {
        $0
      } fromDouble: {
        Float($0)
      }
    case .doubles(let buffer):
      Self.decode(rows.numerics, numerics, into: buffer) {
        Double($0)
      } fromDouble: {
        $0
      }
    }
  }

  private func move(to entries: Range<Int>, of sparse: SparseRows) {
    if expands {
      numericBuffer.update(repeating: 0)
      for entry in entries { numericBuffer[Int(sparse.inputs[entry])] = Scalar(sparse.values[entry]) }
      return
    }
    for (place, entry) in entries.enumerated() {
      entryInputs[place] = sparse.inputs[entry]
      entryValues[place] = Scalar(sparse.values[entry])
    }
    entryCount = entries.count
  }

  @inline(__always)
  private static func decode<Number>(
    _ numerics: EncodedRows.Numerics, _ range: Range<Int>, into buffer: UnsafeMutablePointer<Number>,
    fromSingle: (Float) -> Number, fromDouble: (Double) -> Number
  ) {
    switch numerics {
    case .bytes(let bytes, let subtract, let multiply):
      bytes.withUnsafeBufferPointer { bytes in
        subtract.withUnsafeBufferPointer { subtract in
          multiply.withUnsafeBufferPointer { multiply in
            let bytes = UnsafeBufferPointer(rebasing: bytes[range])
            for index in bytes.indices {
              buffer[index] = fromSingle((Float(bytes[index]) - subtract[index]) * multiply[index])
            }
          }
        }
      }
    case .singles(let values):
      values.withUnsafeBufferPointer { values in
        for (index, value) in values[range].enumerated() { buffer[index] = fromSingle(value) }
      }
    case .doubles(let values):
      values.withUnsafeBufferPointer { values in
        for (index, value) in values[range].enumerated() { buffer[index] = fromDouble(value) }
      }
    case .sparse: break
    }
  }

  /// Returns all inputs of the row, one-hot units included.
  ///
  /// - `categoricalUnits`: The number of one-hot units.
  package func denseInputs(categoricalUnits: Int) -> [Double] {
    var inputs = [Double](repeating: 0, count: categoricalUnits + rows.numericCount)
    for unit in activeUnits { inputs[Int(unit)] += 1 }
    for (index, value) in numerics.enumerated() { inputs[categoricalUnits + index] = Double(value) }
    return inputs
  }
}
