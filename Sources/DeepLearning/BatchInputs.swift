internal import CKernels

/// The input rows of a mini-batch, dense or as lists of nonzero inputs.
final class BatchInputs {
  private let topology: NetworkTopology
  private let isSparse: Bool
  private let stride: Int
  private let dense: AlignedBuffer
  /// Packed rows, which all threads unpack together when the batch is complete.
  private let bytes: ByteBuffer
  /// The scale of the packed rows; nil until the first one arrives.
  private var packing: PackedNumerics?
  /// The packed rows as lists of nonzero inputs; nil where zeros are not frequent enough.
  private(set) var listed: ListedRows?
  private let capacity: Int
  /// The rows before input dropout, which an autoencoder reconstructs.
  private(set) var cleanRows: [[Float]] = []
  private let keepsCleanRows: Bool
  private var active: [ActiveInputs] = []
  private(set) var count = 0
  /// The inputs of a sparse batch that are nonzero in some row, in order of first appearance.
  private(set) var touched: [Int32] = []
  private var slotOfInput: [Int32: Int] = [:]
  private let gradientWidth: Int
  /// The gradients of the touched inputs, [touched x gradientWidth].
  private(set) var touchedGradients: [Float] = []

  /// Allocates room for `batchSize` rows.
  ///
  /// - `gradientWidth`: The stride of one input's weights in a column-major layer.
  /// - `keepsCleanRows`: True for autoencoders.
  /// - `takesPackedRows`: True if rows arrive as bytes.
  init(
    topology: NetworkTopology, batchSize: Int, isSparse: Bool, gradientWidth: Int, keepsCleanRows: Bool,
    takesPackedRows: Bool = false
  ) {
    self.topology = topology
    self.keepsCleanRows = keepsCleanRows
    self.isSparse = isSparse
    self.gradientWidth = gradientWidth
    capacity = batchSize
    stride = AlignedBuffer.rowStride(topology.inputs)
    dense = AlignedBuffer(count: isSparse ? 0 : batchSize * stride)
    bytes = ByteBuffer(repeating: 0, count: takesPackedRows ? batchSize * topology.inputs : 0)
  }

  /// Adds a row; `keeps` marks the inputs that survive dropout, nil means all.
  func append(_ sample: NetworkInput<Float>, keeps: [Bool]?) {
    if isSparse {
      var row = ActiveInputs()
      row.set(sample, topology: topology, keeps: keeps)
      active.append(row)
    } else if let packed = sample.packed {
      (bytes.pointer + count * packed.count).update(from: packed.bytes, count: packed.count)
      packing = packed
    } else {
      let row = dense.pointer + count * stride
      row.update(repeating: 0, count: topology.inputs)
      for unit in sample.activeUnits { row[Int(unit)] += 1 }
      if let base = sample.numerics.baseAddress {
        (row + topology.categoricalInputs).update(from: base, count: sample.numerics.count)
      }
      if let keeps { for unit in keeps.indices where !keeps[unit] { row[unit] = 0 } }
    }
    if keepsCleanRows {
      var row = [Float](repeating: 0, count: topology.inputs)
      sample.expand(into: &row, categoricalInputs: topology.categoricalInputs)
      cleanRows.append(row)
    }
    count += 1
  }

  /// The rows of a dense batch, [rows x denseStride].
  var denseRows: UnsafePointer<Float> { UnsafePointer(dense.pointer) }
  var denseStride: Int { stride }

  func removeAll() {
    count = 0
    cleanRows.removeAll(keepingCapacity: true)
    active.removeAll(keepingCapacity: true)
  }

  /// Converts packed rows of a dense batch: to lists of nonzero inputs where zeros prevail, otherwise to floats.
  func prepare(team: NeuronTeam?) {
    guard let packing else { return }
    if ListedRows.suits(packing, capacity: capacity) {
      let listed = self.listed ?? ListedRows(capacity: capacity, packing: packing)
      listed.list(bytes.pointer, count: count, team: team)
      self.listed = listed
      return
    }
    ck_unpack_shared(
      team?.handle, dense.pointer, bytes.pointer, packing.subtract, packing.multiply, count, packing.count, stride)
  }

  /// Computes the net inputs of a column-major first layer, [rows x stride].
  func computeNets(_ nets: AlignedBuffer, layer: FastLayer, stride: Int) {
    for row in 0..<count {
      ck_net_columns(
        nets.pointer + row * stride, layer.kernel, active[row].indices, active[row].values, active[row].indices.count)
    }
  }

  /// Sums the gradients of a column-major first layer over the batch, for the touched inputs only.
  func sumSparseGradients(errors: AlignedBuffer, rows: Int, stride errorStride: Int) {
    touched.removeAll(keepingCapacity: true)
    slotOfInput.removeAll(keepingCapacity: true)
    for row in 0..<count {
      for input in active[row].indices where slotOfInput[input] == nil {
        slotOfInput[input] = touched.count
        touched.append(input)
      }
    }
    touchedGradients = [Float](repeating: 0, count: touched.count * gradientWidth)
    for row in 0..<count {
      let error = errors.pointer + row * errorStride
      for (input, value) in zip(active[row].indices, active[row].values) {
        guard let slot = slotOfInput[input] else { continue }
        let start = slot * gradientWidth
        touchedGradients.withUnsafeMutableBufferPointer { sums in
          for unit in 0..<rows { sums[start + unit] += error[unit] * value }
        }
      }
    }
  }
}
