internal import CKernels

/// Room for the rows of a mini-batch without their zeros (`ck_listed_rows`).
///
/// Not Sendable: it belongs to one engine.
final class ListedRows {
  let kernel: UnsafeMutablePointer<ck_listed_rows>

  /// Room for batches of up to `capacity` rows, packed in bytes as `packing` says; they are all that enters the network.
  init(capacity: Int, packing: PackedNumerics) {
    let inputs = packing.count
    func blocks(_ count: Int) -> Int { (count + ck_listed_block() - 1) / ck_listed_block() }
    // An odd number of cache lines, so that the lists of neighbouring inputs do not drive each other out of the cache.
    let line = 64 / MemoryLayout<ck_entry>.stride
    let stride = (capacity + line - 1) / line / 2 * 2 * line + line
    kernel = .allocate(capacity: 1)
    kernel.initialize(
      to: ck_listed_rows(
        subtract: packing.subtract, multiply: packing.multiply,
        row_entries: .allocate(capacity: capacity * inputs),
        row_starts: .allocate(capacity: capacity * (blocks(inputs) + 1)),
        input_entries: .allocate(capacity: stride * inputs),
        input_starts: .allocate(capacity: inputs * (blocks(capacity) + 1)),
        count: 0, inputs: inputs, input_stride: stride))
  }

  deinit {
    kernel.pointee.row_entries.deallocate()
    kernel.pointee.row_starts.deallocate()
    kernel.pointee.input_entries.deallocate()
    kernel.pointee.input_starts.deallocate()
    kernel.deallocate()
  }

  /// Lists `count` rows of bytes, one after the other.
  func list(_ bytes: UnsafePointer<UInt8>, count: Int, team: NeuronTeam?) {
    kernel.pointee.count = count
    ck_list_shared(team?.handle, kernel, bytes)
  }
}
