internal import CKernels

/// The input rows of a mini-batch, dense or as lists of the inputs that are not zero.
final class BatchInputs {
  private let topology: NetworkTopology
  private let isSparse: Bool
  private let stride: Int
  private let dense: AlignedBuffer
  /// Rows that have come as bytes and are turned into numbers by all threads when the batch is complete.
  private let bytes: ByteBuffer
  /// What their bytes stand for; nil while no such row has come.
  private var packing: PackedNumerics?
  /// The same rows without their zeros, where those prevail.
  private(set) var listed: ListedRows?
  private let capacity: Int
  /// Rows without input dropout: what an autoencoder shall give back.
  private(set) var cleanRows: [[Float]] = []
  private let keepsCleanRows: Bool
  private var active: [ActiveInputs] = []
  private(set) var count = 0
  /// Inputs of a sparse batch that are not zero in some row, in the order of their appearance.
  private(set) var touched: [Int32] = []
  private var slotOfInput: [Int32: Int] = [:]
  private let gradientWidth: Int
  /// Gradients of the touched inputs, [touched x gradientWidth].
  private(set) var touchedGradients: [Float] = []

  /// - `gradientWidth`: Stride of the weights of one input in a column-major layer.
  /// - `keepsCleanRows`: Whether this is an autoencoder.
  /// - `takesPackedRows`: Whether rows come as bytes.
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

  /// Adds a row; `keeps` names the inputs that survive dropout, nil all.
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

  /// Makes rows of a dense batch that have come as bytes ready: lists of what is not zero where zeros prevail, else numbers.
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

  /// Net inputs of a column-major first layer for the rows of the batch, [rows x stride].
  func computeNets(_ nets: AlignedBuffer, layer: FastLayer, stride: Int) {
    for row in 0..<count {
      ck_net_columns(
        nets.pointer + row * stride, layer.kernel, active[row].indices, active[row].values, active[row].indices.count)
    }
  }

  /// Sums of the gradients of a column-major first layer, for the touched inputs only.
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
