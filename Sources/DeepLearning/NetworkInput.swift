/// A row of network inputs; `Scalar` is the precision of the engine.
package struct NetworkInput<Scalar: BinaryFloatingPoint> {
  /// The input units of categorical columns that are 1, in ascending order.
  ///
  /// All other categorical units are 0.
  package let activeUnits: UnsafeBufferPointer<Int32>
  /// The values of the numeric inputs, which follow the categorical units.
  ///
  /// Empty if the row is packed or sparse.
  package let numerics: UnsafeBufferPointer<Scalar>
  /// The numeric inputs as bytes, for engines with ``NetworkTrainer/takesPackedRows``.
  package let packed: PackedNumerics?
  /// The nonzero numeric inputs, for engines with ``NetworkTrainer/takesSparseRows``.
  package let sparse: SparseNumerics<Scalar>?

  package init(
    activeUnits: UnsafeBufferPointer<Int32>, numerics: UnsafeBufferPointer<Scalar>, packed: PackedNumerics? = nil,
    sparse: SparseNumerics<Scalar>? = nil
  ) {
    self.activeUnits = activeUnits
    self.numerics = numerics
    self.packed = packed
    self.sparse = sparse
  }

  /// Writes the row as a dense vector; hash collisions of categorical units add up.
  ///
  /// `categoricalInputs`: The number of `inputs` that belong to categorical columns.
  func expand(into inputs: inout [Scalar], categoricalInputs: Int) {
    for unit in 0..<categoricalInputs { inputs[unit] = 0 }
    for unit in activeUnits { inputs[Int(unit)] += 1 }
    for (index, value) in numerics.enumerated() { inputs[categoricalInputs + index] = value }
  }
}

/// The nonzero numeric inputs of a row.
package struct SparseNumerics<Scalar: BinaryFloatingPoint> {
  /// The indices of the inputs, counted from the first numeric input.
  package let inputs: UnsafeBufferPointer<Int32>
  package let values: UnsafeBufferPointer<Scalar>

  package init(inputs: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Scalar>) {
    self.inputs = inputs
    self.values = values
  }
}

/// Numeric inputs as bytes; each byte represents (byte - subtract) * multiply of its column.
package struct PackedNumerics {
  package let bytes: UnsafePointer<UInt8>
  /// Valid for the duration of the training.
  package let subtract: UnsafePointer<Float>
  package let multiply: UnsafePointer<Float>
  package let count: Int
  /// The fraction of zeros among the bytes of the whole table.
  package let zeroShare: Double

  package init(
    bytes: UnsafePointer<UInt8>, subtract: UnsafePointer<Float>, multiply: UnsafePointer<Float>, count: Int,
    zeroShare: Double = 0
  ) {
    self.bytes = bytes
    self.subtract = subtract
    self.multiply = multiply
    self.count = count
    self.zeroShare = zeroShare
  }
}

/// The position of a training row in the course of training, with its target.
package struct TrainingPosition: Sendable, Hashable {
  /// The class index, or the response in training units.
  package let target: Double
  /// The row number in the training table plus the rows in earlier passes of the iteration; seeds the dropout masks.
  package let row: Int
  /// The rows trained before this iteration.
  package let samplesBeforeIteration: Int
  /// The rows trained before this row.
  package let samplesBefore: Int
  /// The factor of the row's error.
  package let weight: Double
  /// A term added to the linear output, in its units.
  package let offset: Double

  package init(
    target: Double, row: Int, samplesBeforeIteration: Int, samplesBefore: Int, weight: Double = 1, offset: Double = 0
  ) {
    self.target = target
    self.row = row
    self.samplesBeforeIteration = samplesBeforeIteration
    self.samplesBefore = samplesBefore
    self.weight = weight
    self.offset = offset
  }
}
