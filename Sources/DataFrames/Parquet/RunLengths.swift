/// Small whole numbers as runs: of one repeated number, or of packed bits (the hybrid encoding of Parquet).
struct RunLengths {
  private var cursor: ByteCursor
  private let width: Int

  /// - `width`: The bits of a number, from 0 to 32.
  init(_ bytes: UnsafeRawBufferPointer, width: Int) throws(ParquetFault) {
    guard (0...32).contains(width) else {
      throw .damaged("numbers of \(width) bits, where at most 32 are possible")
    }
    cursor = ByteCursor(bytes)
    self.width = width
  }

  /// Returns the number that all of the next `count` numbers are, if they are one run; the position stays.
  func single(count: Int) throws(ParquetFault) -> UInt32? {
    var ahead = self
    guard count > 0 else { return nil }
    let header = try ahead.cursor.varint()
    guard header & 1 == 0, header >> 1 >= UInt64(count), header >> 1 <= UInt64(Int32.max) else { return nil }
    return try ahead.repeated()
  }

  /// Fills `target`.
  mutating func read(into target: UnsafeMutableBufferPointer<UInt32>) throws(ParquetFault) {
    var filled = 0
    while filled < target.count {
      let header = try cursor.varint()
      guard header >> 1 > 0, header >> 1 <= UInt64(Int32.max) else {
        throw .damaged("a run of impossible length")
      }
      let number = Int(header >> 1)
      let isPacked = header & 1 == 1
      let count = min(isPacked ? number * 8 : number, target.count - filled)
      let run = UnsafeMutableBufferPointer(rebasing: target[filled..<filled + count])
      if isPacked { try readWords(groups: number, into: run) } else { try readRepeated(into: run) }
      filled += count
    }
  }

  private mutating func readRepeated(into target: UnsafeMutableBufferPointer<UInt32>)
    throws(ParquetFault)
  {
    target.update(repeating: try repeated())
  }

  private mutating func repeated() throws(ParquetFault) -> UInt32 {
    var value: UInt32 = 0
    for byte in 0..<(width + 7) / 8 { value |= UInt32(try cursor.byte()) << UInt32(byte * 8) }
    return value
  }

  private mutating func readWords(
    groups: Int, into target: UnsafeMutableBufferPointer<UInt32>
  ) throws(ParquetFault) {
    // Some writers leave out the unused bytes of the last group.
    let bytes = try cursor.take(min(groups * width, cursor.remaining))
    let words = BitWords(bytes, width: width)
    guard words.count >= target.count else {
      throw .damaged("a run of packed values ends too early")
    }
    var index = 0
    if width <= Self.pairedWidth { index = readGroups(bytes, into: target) }
    while index < target.count {
      target[index] = UInt32(truncatingIfNeeded: words[index])
      index += 1
    }
  }

  /// Up to this width, one word of 64 bits holds four numbers.
  private static let pairedWidth = 16

  /// Reads whole groups of eight numbers, except near the end of `bytes`, and returns the count of numbers.
  private func readGroups(_ bytes: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<UInt32>) -> Int {
    let mask: UInt64 = (1 << UInt64(width)) - 1
    // The second half of a group begins in the middle of a byte if the width is odd.
    let (half, shift) = (width / 2, UInt64(width & 1) * 4)
    let bits = UInt64(width)
    var (index, start) = (0, 0)
    while index + 8 <= target.count, start + half + 8 <= bytes.count {
      let first = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
      let second = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start + half, as: UInt64.self)) >> shift
      for place in 0..<4 {
        target[index + place] = UInt32(truncatingIfNeeded: (first >> (UInt64(place) * bits)) & mask)
        target[index + 4 + place] = UInt32(truncatingIfNeeded: (second >> (UInt64(place) * bits)) & mask)
      }
      index += 8
      start += width
    }
    return index
  }
}
