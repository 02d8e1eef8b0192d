/// Numbers in memory that vector units load well.
///
/// Not Sendable: a buffer belongs to one engine, and an engine to one actor.
final class AlignedBuffer {
  /// A cache line, and the width of an AVX-512 register.
  private static let alignment = 64
  /// Singles in one cache line; row lengths are rounded up to it.
  static let lanes = 16

  let pointer: UnsafeMutablePointer<Float>
  let count: Int

  /// `count` zeros.
  init(count: Int) {
    self.count = count
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: Self.alignment)
    pointer = raw.bindMemory(to: Float.self, capacity: max(1, count))
    pointer.initialize(repeating: 0, count: max(1, count))
  }

  deinit { pointer.deallocate() }

  /// `count` rounded up to whole cache lines.
  static func padded(_ count: Int) -> Int { (count + lanes - 1) / lanes * lanes }

  /// From row to row of a block of rows with `count` numbers each: whole cache lines, and an odd number of them where rows
  /// would be a large power of two apart, whose columns all fall into the same few sets of the caches.
  static func rowStride(_ count: Int) -> Int {
    let padded = padded(count)
    return padded % aliasingFloats == 0 ? padded + lanes : padded
  }

  /// Half a kilobyte: a column of 64 such rows fills the eight sets that it meets.
  private static let aliasingFloats = 128
}
