/// Looks at one row of ``EncodedRows`` at a time, in the precision of an engine.
///
/// The buffers are valid until the next move. Not Sendable: a cursor belongs to the thread that reads.
package final class RowCursor<Scalar: BinaryFloatingPoint> {
  private let rows: EncodedRows
  private let unitBuffer: UnsafeMutableBufferPointer<Int32>
  private let numericBuffer: UnsafeMutableBufferPointer<Scalar>
  private var unitCount = 0

  package init(_ rows: EncodedRows) {
    self.rows = rows
    unitBuffer = .allocate(capacity: max(1, rows.categoricalCount))
    numericBuffer = .allocate(capacity: max(1, rows.numericCount))
    unitBuffer.initialize(repeating: 0)
    numericBuffer.initialize(repeating: 0)
  }

  deinit {
    unitBuffer.deallocate()
    numericBuffer.deallocate()
  }

  /// Input units of categorical columns that are 1.
  package var activeUnits: UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: unitBuffer.baseAddress, count: unitCount)
  }

  /// Numeric inputs.
  package var numerics: UnsafeBufferPointer<Scalar> {
    UnsafeBufferPointer(start: numericBuffer.baseAddress, count: rows.numericCount)
  }

  package func move(to row: Int) {
    unitCount = 0
    let first = row * rows.categoricalCount
    for index in 0..<rows.categoricalCount where rows.units[first + index] >= 0 {
      unitBuffer[unitCount] = rows.units[first + index]
      unitCount += 1
    }
    let start = row * rows.numericCount
    let count = rows.numericCount
    switch rows.numerics {
    case .bytes(let bytes, let subtract, let multiply):
      bytes.withUnsafeBufferPointer { bytes in
        for index in 0..<count {
          numericBuffer[index] = Scalar((Float(bytes[start + index]) - subtract[index]) * multiply[index])
        }
      }
    case .singles(let values):
      for index in 0..<count { numericBuffer[index] = Scalar(values[start + index]) }
    case .doubles(let values):
      for index in 0..<count { numericBuffer[index] = Scalar(values[start + index]) }
    }
  }

  /// All inputs of the row, one-hot units included.
  ///
  /// - `categoricalUnits`: How many of them are one-hot units.
  package func denseInputs(categoricalUnits: Int) -> [Double] {
    var inputs = [Double](repeating: 0, count: categoricalUnits + rows.numericCount)
    for unit in activeUnits { inputs[Int(unit)] += 1 }
    for (index, value) in numerics.enumerated() { inputs[categoricalUnits + index] = Double(value) }
    return inputs
  }
}
