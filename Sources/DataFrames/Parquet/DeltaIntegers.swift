/// Whole numbers as packed differences to their predecessors.
enum DeltaIntegers {
  private static let largestBlock = 1 << 20

  /// Fills `target` and moves `cursor` behind the numbers; sums wrap around as the format demands.
  static func read(
    _ cursor: inout ByteCursor, into target: UnsafeMutableBufferPointer<Int64>
  ) throws(ParquetFault) {
    let blockSize = try cursor.count(limit: largestBlock)
    let parts = try cursor.count(limit: largestBlock)
    let count = try cursor.count(limit: .max)
    let first = try cursor.zigzag()
    guard blockSize > 0, blockSize.isMultiple(of: 128), parts > 0, blockSize.isMultiple(of: parts),
      (blockSize / parts).isMultiple(of: 32)
    else { throw .damaged("blocks of \(blockSize) differences in \(parts) parts") }
    guard count == target.count else {
      throw .damaged("\(count) numbers in a page of \(target.count)")
    }
    guard count > 0 else { return }
    target[0] = first
    var (filled, last) = (1, first)
    while filled < count {
      let least = try cursor.zigzag()
      let widths = try cursor.take(parts)
      for part in 0..<parts where filled < count {
        let width = Int(widths[part])
        guard width <= 64 else {
          throw .damaged("numbers of \(width) bits, where at most 64 are possible")
        }
        let size = blockSize / parts
        let words = BitWords(try cursor.take(min(size / 8 * width, cursor.remaining)), width: width)
        let rows = min(size, count - filled)
        guard words.count >= rows else { throw .damaged("packed differences end too early") }
        for index in 0..<rows {
          last = last &+ least &+ Int64(bitPattern: words[index])
          target[filled + index] = last
        }
        filled += rows
      }
    }
  }
}
