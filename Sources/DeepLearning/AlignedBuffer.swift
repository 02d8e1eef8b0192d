/// Single-precision numbers, aligned for vector loads.
///
/// Not Sendable: a buffer belongs to one engine, and an engine to one actor.
final class AlignedBuffer {
  /// The size of a cache line in bytes, which is also the width of an AVX-512 register.
  private static let alignment = 64
  /// The floats per cache line; strides are multiples of it.
  static let lanes = 16

  let pointer: UnsafeMutablePointer<Float>
  let count: Int

  /// Allocates `count` zeros.
  init(count: Int) {
    self.count = count
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: Self.alignment)
    pointer = raw.bindMemory(to: Float.self, capacity: max(1, count))
    pointer.initialize(repeating: 0, count: max(1, count))
  }

  deinit { pointer.deallocate() }

  /// Returns `count` rounded up to whole cache lines.
  static func padded(_ count: Int) -> Int { (count + lanes - 1) / lanes * lanes }

  /// Returns the stride of a block of rows with `count` numbers each.
  ///
  /// The stride is whole cache lines. Where rows would lie a large power of two apart, one line is added:
  /// otherwise all numbers of a column would fall into the same few cache sets.
  static func rowStride(_ count: Int) -> Int {
    let padded = padded(count)
    return padded % aliasingFloats == 0 ? padded + lanes : padded
  }

  /// The number of floats in half a kilobyte: at this stride, a column of
  /// 64 rows fills the eight sets that it maps to.
  private static let aliasingFloats = 128
}
