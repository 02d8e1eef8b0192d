/// One row as the network sees it; `Scalar` is the precision of its engine.
package struct NetworkInput<Scalar: BinaryFloatingPoint> {
  /// Input units of categorical columns that are 1.
  ///
  /// All others are 0. Ascending.
  package let activeUnits: UnsafeBufferPointer<Int32>
  /// Values of the numeric inputs, which follow the categorical units.
  ///
  /// Empty if the row is packed or sparse.
  package let numerics: UnsafeBufferPointer<Scalar>
  /// The same still packed; only for engines that ask for it (``NetworkTrainer/takesPackedRows``).
  package let packed: PackedNumerics?
  /// The same without its zeros; only for engines that ask for it (``NetworkTrainer/takesSparseRows``).
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

  /// Writes out all inputs, one-hot units included; hashed units that meet in an input add up.
  ///
  /// `categoricalInputs`: How many of `inputs` stand for categorical columns.
  func expand(into inputs: inout [Scalar], categoricalInputs: Int) {
    for unit in 0..<categoricalInputs { inputs[unit] = 0 }
    for unit in activeUnits { inputs[Int(unit)] += 1 }
    for (index, value) in numerics.enumerated() { inputs[categoricalInputs + index] = value }
  }
}

/// Numeric inputs that are not zero.
package struct SparseNumerics<Scalar: BinaryFloatingPoint> {
  /// Which they are, counted from the first numeric input.
  package let inputs: UnsafeBufferPointer<Int32>
  package let values: UnsafeBufferPointer<Scalar>

  package init(inputs: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Scalar>) {
    self.inputs = inputs
    self.values = values
  }
}

/// Numeric inputs as bytes: each stands for (byte - subtract) * multiply of its column.
package struct PackedNumerics {
  package let bytes: UnsafePointer<UInt8>
  /// Valid as long as the training.
  package let subtract: UnsafePointer<Float>
  package let multiply: UnsafePointer<Float>
  package let count: Int
  /// The share of zeros among the bytes of the whole table.
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

/// Where a training row stands in the course of training.
package struct TrainingPosition: Sendable, Hashable {
  /// Class index, or the response in training units.
  package let target: Double
  /// Row number in the training table plus the number of rows in earlier passes of the iteration; seeds the masks.
  package let row: Int
  /// Rows trained before this iteration.
  package let samplesBeforeIteration: Int
  /// Rows trained before this row.
  package let samplesBefore: Int
  /// Factor of the row's error.
  package let weight: Double
  /// Added to the linear output, in its units.
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
