internal import CKernels

/// The input rows of a mini-batch, dense or as lists of the inputs that are not zero.
final class BatchInputs {
  private let topology: NetworkTopology
  private let isSparse: Bool
  private let stride: Int
  private let dense: AlignedBuffer
  /// Rows without input dropout: what an autoencoder shall give back; filled only where inputs are dropped.
  private var cleanRows: [[Float]] = []
  private var indices: [[Int32]] = []
  private var values: [[Float]] = []
  private(set) var count = 0
  /// Inputs of a sparse batch that are not zero in some row, in the order of their appearance.
  private(set) var touched: [Int32] = []
  private var slotOfInput: [Int32: Int] = [:]
  private let gradientWidth: Int
  /// Gradients of the touched inputs, [touched x gradientWidth].
  private(set) var touchedGradients: [Float] = []

  /// `gradientWidth`: Stride of the weights of one input in a column-major layer.
  init(topology: NetworkTopology, batchSize: Int, isSparse: Bool, gradientWidth: Int) {
    self.topology = topology
    self.isSparse = isSparse
    self.gradientWidth = gradientWidth
    stride = AlignedBuffer.padded(topology.inputs)
    dense = AlignedBuffer(count: isSparse ? 0 : batchSize * stride)
  }

  /// Adds a row; `keeps` names the inputs that survive dropout, nil all.
  func append(_ sample: NetworkInput<Float>, keeps: [Bool]?) {
    let first = topology.categoricalInputs
    if isSparse {
      var active: [Int32] = []
      var activeValues: [Float] = []
      for unit in sample.activeUnits where keeps?[Int(unit)] ?? true {
        if topology.hashesCategoricals, let known = active.firstIndex(of: unit) {
          activeValues[known] += 1
        } else {
          active.append(unit)
          activeValues.append(1)
        }
      }
      for (index, value) in sample.numerics.enumerated() where value != 0 && keeps?[first + index] ?? true {
        active.append(Int32(first + index))
        activeValues.append(value)
      }
      indices.append(active)
      values.append(activeValues)
    } else {
      let row = dense.pointer + count * stride
      row.update(repeating: 0, count: topology.inputs)
      for unit in sample.activeUnits { row[Int(unit)] += 1 }
      if let base = sample.numerics.baseAddress { (row + first).update(from: base, count: sample.numerics.count) }
    }
    if let keeps {
      cleanRows.append(cleanRow(sample))
      if !isSparse { for unit in keeps.indices where !keeps[unit] { dense.pointer[count * stride + unit] = 0 } }
    } else if isSparse {
      cleanRows.append(cleanRow(sample))
    }
    count += 1
  }

  private func cleanRow(_ sample: NetworkInput<Float>) -> [Float] {
    var row = [Float](repeating: 0, count: topology.outputs == topology.inputs ? topology.inputs : 0)
    guard !row.isEmpty else { return row }
    for unit in sample.activeUnits { row[Int(unit)] += 1 }
    for (index, value) in sample.numerics.enumerated() { row[topology.categoricalInputs + index] = value }
    return row
  }

  /// The inputs of a row before dropout; for autoencoders.
  func clean(_ row: Int) -> [Float] {
    guard cleanRows.isEmpty else { return cleanRows[row] }
    return Array(UnsafeBufferPointer(start: dense.pointer + row * stride, count: topology.inputs))
  }

  func removeAll() {
    count = 0
    cleanRows.removeAll(keepingCapacity: true)
    indices.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// Net inputs of the first layer, [rows x stride].
  func computeNets(_ nets: AlignedBuffer, layer: FastLayer, stride netStride: Int) {
    guard isSparse else {
      ck_net_block(nets.pointer, &layer.kernel, dense.pointer, count, netStride, stride)
      return
    }
    for row in 0..<count {
      ck_net_columns(
        nets.pointer + row * netStride, &layer.kernel, indices[row], values[row], indices[row].count)
    }
  }

  /// Sums of the gradients of a row-major first layer, [rows x stride of the layer].
  func sumGradients(_ gradients: AlignedBuffer, errors: AlignedBuffer, rows: Int, stride errorStride: Int) {
    ck_outer_sum(
      gradients.pointer, errors.pointer, dense.pointer, count, rows, topology.inputs, stride, errorStride, stride)
  }

  /// Sums of the gradients of a column-major first layer, for the touched inputs only.
  func sumSparseGradients(errors: AlignedBuffer, rows: Int, stride errorStride: Int) {
    touched.removeAll(keepingCapacity: true)
    slotOfInput.removeAll(keepingCapacity: true)
    for row in 0..<count {
      for input in indices[row] where slotOfInput[input] == nil {
        slotOfInput[input] = touched.count
        touched.append(input)
      }
    }
    touchedGradients = [Float](repeating: 0, count: touched.count * gradientWidth)
    for row in 0..<count {
      let error = errors.pointer + row * errorStride
      for (input, value) in zip(indices[row], values[row]) {
        guard let slot = slotOfInput[input] else { continue }
        let start = slot * gradientWidth
        touchedGradients.withUnsafeMutableBufferPointer { sums in
          for unit in 0..<rows { sums[start + unit] += error[unit] * value }
        }
      }
    }
  }
}
