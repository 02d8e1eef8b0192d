internal import CKernels

/// The rows of a mini-batch as lists of nonzero inputs (`ck_listed_rows`).
///
/// Not Sendable: it belongs to one engine.
final class ListedRows {
  let kernel: UnsafeMutablePointer<ck_listed_rows>

  /// The fraction of zeros from which products with lists are faster than dense products.
  private static let prevailingShare = 0.6
  /// The largest mini-batch that is listed, in bytes of packed rows; lists take sixteen times as much memory.
  private static let mostListedBytes = 4_000_000

  /// Returns whether batches of up to `capacity` rows should be listed.
  ///
  /// The decision covers the whole table, not each batch, so that a resumed job trains as an uninterrupted one does.
  static func suits(_ packing: PackedNumerics, capacity: Int) -> Bool {
    packing.zeroShare >= prevailingShare && capacity * packing.count <= mostListedBytes
  }

  /// Allocates room for batches of up to `capacity` rows in the format of `packing`, which must cover all inputs.
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

  /// Lists `count` rows of packed bytes.
  func list(_ bytes: UnsafePointer<UInt8>, count: Int, team: NeuronTeam?) {
    kernel.pointee.count = count
    ck_list_shared(team?.handle, kernel, bytes)
  }
}
