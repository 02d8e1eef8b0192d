/// Rows encoded for a network, row by row, in the narrowest form that keeps the engine's precision.
package struct EncodedRows: Sendable {
  /// Numeric inputs, row-major [rows x numeric columns].
  package enum Numerics: Sendable {
    /// Raw values; the input is (byte - subtract) * multiply, column by column.
    case bytes([UInt8], subtract: [Float], multiply: [Float])
    /// Inputs in single precision.
    case singles([Float])
    /// Inputs in double precision.
    case doubles([Double])
    /// Inputs in single precision, zeros left out.
    case sparse(SparseRows)
  }

  package let rowCount: Int
  package let categoricalCount: Int
  package let numericCount: Int
  /// The active input unit of each categorical column, row-major [rows x categorical columns]; -1 for none.
  package let units: [Int32]
  package let numerics: Numerics
  /// The class index, or the response in training units.
  ///
  /// NaN where it is missing; empty without a response.
  package let targets: [Double]
  /// Classes that the model does not know, and the rows that have them; the targets of these rows are NaN.
  package let strangers: Strangers
  /// The weight of each row; nil if every row has weight 1.
  package let weights: [Double]?
  /// The offset of each row, in the units of its column; nil without an offset.
  package let offsets: [Double]?
  /// The rows with a missing predictor.
  package let incomplete: RowSet

  package struct Strangers: Sendable {
    package var labels: [String] = []
    /// The index into `labels`, by row.
    package var classOfRow: [Int: Int] = [:]

    package init() {}
  }

  package init(
    rowCount: Int, categoricalCount: Int, numericCount: Int, units: [Int32], numerics: Numerics, targets: [Double],
    weights: [Double]?, offsets: [Double]?, incomplete: RowSet, strangers: Strangers = Strangers()
  ) {
    self.strangers = strangers
    self.rowCount = rowCount
    self.categoricalCount = categoricalCount
    self.numericCount = numericCount
    self.units = units
    self.numerics = numerics
    self.targets = targets
    self.weights = weights
    self.offsets = offsets
    self.incomplete = incomplete
  }
}

extension EncodedRows {
  /// Returns the active input unit of a categorical column in a row; -1 for none.
  package func unit(row: Int, column: Int) -> Int { Int(units[row * categoricalCount + column]) }

  /// The number of zeros among numeric inputs stored as bytes; 0 for other storage.
  var zeroByteCount: Int {
    guard case .bytes(let bytes, _, _) = numerics else { return 0 }
    var zeros = 0
    for byte in bytes where byte == 0 { zeros += 1 }
    return zeros
  }

  /// The fraction of zeros among numeric inputs stored as bytes; 0 for other storage.
  package var zeroByteShare: Double { Double(zeroByteCount) / Double(max(1, rowCount * numericCount)) }

  /// Calls `body` with the memory of a row's inputs, so that it can be prefetched.
  package func withStorage(ofRow row: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    func give<Element>(_ values: [Element], _ range: Range<Int>) {
      values.withUnsafeBufferPointer { body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0[range]))) }
    }
    give(units, row * categoricalCount..<(row + 1) * categoricalCount)
    let range = row * numericCount..<(row + 1) * numericCount
    switch numerics {
    case .bytes(let values, _, _): give(values, range)
    case .singles(let values): give(values, range)
    case .doubles(let values): give(values, range)
    case .sparse(let rows):
      let entries = rows.starts[row]..<rows.starts[row + 1]
      give(rows.inputs, entries)
      give(rows.values, entries)
    }
  }

  package func weighted(_ weights: [Double]) -> EncodedRows {
    EncodedRows(
      rowCount: rowCount, categoricalCount: categoricalCount, numericCount: numericCount, units: units,
      numerics: numerics, targets: targets, weights: weights, offsets: offsets, incomplete: incomplete,
      strangers: strangers)
  }

  /// Multiplies the weight of each row by the factor of its class; rows without a class keep their weight.
  ///
  /// - `factors`: One factor per class, in the order of the classes.
  package func weighted(byClass factors: [Double]) -> EncodedRows {
    weighted(
      targets.enumerated().map { row, target in (weights?[row] ?? 1) * (target.isNaN ? 1 : factors[Int(target)]) })
  }

  /// Returns the rows with the given indexes, in that order; an index may occur several times.
  package func selecting(_ selection: [Int]) -> EncodedRows {
    func blocks<Element>(_ values: [Element], width: Int) -> [Element] {
      var result: [Element] = []
      result.reserveCapacity(selection.count * width)
      for row in selection { result.append(contentsOf: values[row * width..<(row + 1) * width]) }
      return result
    }
    let numerics: Numerics
    switch self.numerics {
    case .bytes(let values, let subtract, let multiply):
      numerics = .bytes(blocks(values, width: numericCount), subtract: subtract, multiply: multiply)
    case .singles(let values): numerics = .singles(blocks(values, width: numericCount))
    case .doubles(let values): numerics = .doubles(blocks(values, width: numericCount))
    case .sparse(let rows): numerics = .sparse(rows.selecting(selection))
    }
    var incomplete = RowSet()
    for (index, row) in selection.enumerated() where self.incomplete.contains(row) { incomplete.insert(index) }
    return EncodedRows(
      rowCount: selection.count, categoricalCount: categoricalCount, numericCount: numericCount,
      units: blocks(units, width: categoricalCount), numerics: numerics,
      targets: targets.isEmpty ? [] : blocks(targets, width: 1), weights: weights.map { blocks($0, width: 1) },
      offsets: offsets.map { blocks($0, width: 1) }, incomplete: incomplete)
  }
}
