internal import CKernels

/// The inputs of one row for a row-major first layer.
///
/// Not Sendable: it belongs to one engine.
final class RowInput {
  /// The row as the kernels take it.
  private(set) var kernel: ck_input
  private let values: AlignedBuffer
  private let bytes: ByteBuffer
  private let unpacked: UnsafeMutablePointer<Int32>
  private let categoricalInputs: Int
  private var previousActive: [Int32] = []

  /// `threads`: The number of threads that each unpack rows into a copy of their own.
  init(topology: NetworkTopology, threads: Int) {
    let stride = AlignedBuffer.padded(topology.inputs)
    values = AlignedBuffer(count: threads * stride)
    bytes = ByteBuffer(repeating: 0, count: topology.inputs)
    let stamps = threads * Int(CK_INTS_PER_LINE)
    unpacked = .allocate(capacity: stamps)
    unpacked.initialize(repeating: -1, count: stamps)
    categoricalInputs = topology.categoricalInputs
    kernel = ck_input(
      bytes: nil, subtract: nil, multiply: nil, count: topology.inputs, values: values.pointer, value_stride: stride,
      row: 0, unpacked: unpacked)
  }

  deinit { unpacked.deallocate() }

  /// Sets row number `number`; `keeps` marks the inputs that survive dropout, nil means all.
  func set(_ sample: NetworkInput<Float>, keeps: [Bool]?, number: Int32) {
    kernel.row = number
    if let packed = sample.packed {
      bytes.pointer.update(from: packed.bytes, count: packed.count)
      kernel.bytes = UnsafePointer(bytes.pointer)
      kernel.subtract = packed.subtract
      kernel.multiply = packed.multiply
      return
    }
    kernel.bytes = nil
    let inputs = values.pointer
    for unit in previousActive { inputs[Int(unit)] = 0 }
    for unit in sample.activeUnits { inputs[Int(unit)] += 1 }
    if !sample.activeUnits.isEmpty || !previousActive.isEmpty {
      previousActive.removeAll(keepingCapacity: true)
      previousActive.append(contentsOf: sample.activeUnits)
    }
    if let base = sample.numerics.baseAddress {
      (inputs + categoricalInputs).update(from: base, count: sample.numerics.count)
    }
    if let keeps { for unit in keeps.indices where !keeps[unit] { inputs[unit] = 0 } }
  }
}
