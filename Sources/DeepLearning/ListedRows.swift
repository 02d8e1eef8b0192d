internal import CKernels

/// Room for the rows of a mini-batch without their zeros (`ck_listed_rows`).
///
/// Not Sendable: it belongs to one engine.
final class ListedRows {
  let kernel: UnsafeMutablePointer<ck_listed_rows>

  /// From this share of zeros on products that pass over them are faster than dense ones.
  private static let prevailingShare = 0.6
  /// Bytes of a mini-batch that may be listed, at sixteen bytes of memory each.
  private static let mostListedBytes = 4_000_000

  /// Whether batches of up to `capacity` rows shall be listed.
  ///
  /// A table is judged as a whole and not batch by batch, so that a resumed job does what an undisturbed one does.
  static func suits(_ packing: PackedNumerics, capacity: Int) -> Bool {
    packing.zeroShare >= prevailingShare && capacity * packing.count <= mostListedBytes
  }

  /// Room for batches of up to `capacity` rows, packed in bytes as `packing` says; they are all that enters the network.
  init(capacity: Int, packing: PackedNumerics) {
    let inputs = packing.count
    let singles = MemoryLayout<ck_entry>.stride / MemoryLayout<Float>.stride
    let stride = AlignedBuffer.rowStride(capacity * singles) / singles
    kernel = .allocate(capacity: 1)
    kernel.initialize(
      to: ck_listed_rows(
        subtract: packing.subtract, multiply: packing.multiply,
        row_entries: .allocate(capacity: capacity * inputs),
        row_starts: .allocate(capacity: capacity * (ck_listed_blocks(inputs) + 1)),
        input_entries: .allocate(capacity: stride * inputs),
        input_starts: .allocate(capacity: inputs * (ck_listed_blocks(capacity) + 1)),
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
