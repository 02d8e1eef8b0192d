/// Reads the numbers of a page.
struct NumberValues {
  let column: ParquetColumn
  /// True if unsigned numbers stay as they are stored, because they become texts.
  let keepsBits: Bool
  /// The most bytes of byte arrays in one page.
  let limit: Int

  /// Fills `buffer` with the `count` values of a page or dictionary.
  func read(
    _ bytes: UnsafeRawBufferPointer, count: Int, encoding: Int, into buffer: NumberBuffer
  ) throws(ParquetFault) {
    guard count > 0 else {
      _ = buffer.makeIntegers(0)
      return
    }
    switch column.storage {
    case .boolean: try readBooleans(bytes, encoding, buffer.makeIntegers(count))
    case .int32, .int64:
      try readIntegers(bytes, encoding, buffer.makeIntegers(count))
      convert(buffer)
    case .int96: try readJulian(bytes, encoding, buffer.makeIntegers(count))
    case .float, .double: try readReals(bytes, encoding, buffer.makeReals(count))
    case .bytes, .fixedBytes: try readByteArrays(bytes, encoding, buffer.makeReals(count))
    }
  }

  private func readBooleans(
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int, _ target: UnsafeMutableBufferPointer<Int64>
  ) throws(ParquetFault) {
    switch encoding {
    case PageEncoding.plain, PageEncoding.packedBits:
      let bits = BitWords(bytes, width: 1)
      guard bits.count >= target.count else { throw .damaged("a page ends too early") }
      for index in target.indices { target[index] = Int64(bits[index]) }
    case PageEncoding.runs:
      var cursor = ByteCursor(bytes)
      var runs = try RunLengths(try cursor.take(try cursor.integer32()), width: 1)
      let indexes = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: target.count)
      defer { indexes.deallocate() }
      try runs.read(into: indexes)
      for index in target.indices { target[index] = Int64(indexes[index] & 1) }
    default: throw PageEncoding.fault(encoding)
    }
  }

  private func readIntegers(
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int, _ target: UnsafeMutableBufferPointer<Int64>
  ) throws(ParquetFault) {
    let isShort = column.storage == .int32
    guard encoding != PageEncoding.deltas else {
      var cursor = ByteCursor(bytes)
      try DeltaIntegers.read(&cursor, into: target)
      if isShort {
        for index in target.indices {
          target[index] = Int64(Int32(truncatingIfNeeded: target[index]))
        }
      }
      return
    }
    try withFixed(bytes, encoding, count: target.count, width: isShort ? 4 : 8) { values in
      if isShort {
        for index in target.indices {
          target[index] = Int64(
            Int32(littleEndian: values.loadUnaligned(fromByteOffset: index * 4, as: Int32.self)))
        }
      } else {
        for index in target.indices {
          target[index] = Int64(
            littleEndian: values.loadUnaligned(fromByteOffset: index * 8, as: Int64.self))
        }
      }
    }
  }

  private func readReals(
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int, _ target: UnsafeMutableBufferPointer<Double>
  ) throws(ParquetFault) {
    let isShort = column.storage == .float
    try withFixed(bytes, encoding, count: target.count, width: isShort ? 4 : 8) { values in
      if isShort {
        for index in target.indices {
          let bits = UInt32(
            littleEndian: values.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
          target[index] = Double(Float(bitPattern: bits))
        }
      } else {
        for index in target.indices {
          let bits = UInt64(
            littleEndian: values.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
          target[index] = Double(bitPattern: bits)
        }
      }
    }
  }

  private func readJulian(
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int, _ target: UnsafeMutableBufferPointer<Int64>
  ) throws(ParquetFault) {
    try withFixed(bytes, encoding, count: target.count, width: 12) { values in
      for index in target.indices {
        let nanoseconds = Int64(
          littleEndian: values.loadUnaligned(fromByteOffset: index * 12, as: Int64.self))
        let day = Int32(
          littleEndian: values.loadUnaligned(fromByteOffset: index * 12 + 8, as: Int32.self))
        target[index] = TimeValues.milliseconds(julianDay: day, nanoseconds: nanoseconds)
      }
    }
  }

  private func readByteArrays(
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int, _ target: UnsafeMutableBufferPointer<Double>
  ) throws(ParquetFault) {
    var index = 0
    let length = column.storage == .fixedBytes ? column.length : nil
    try TextValues.forEach(
      bytes, count: target.count, length: length, encoding: encoding, limit: limit
    ) {
      (value) throws(ParquetFault) in
      switch column.meaning {
      case .half:
        target[index] = Double(
          Float16(bitPattern: UInt16(littleEndian: value.loadUnaligned(as: UInt16.self))))
      case .decimal(let scale): target[index] = try Decimals.number(value, scale: scale)
      default: target[index] = .nan
      }
      index += 1
    }
  }

  /// Calls `body` with `count` values of `width` bytes, in order.
  private func withFixed(
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int, count: Int, width: Int,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(ParquetFault) {
    switch encoding {
    case PageEncoding.plain:
      guard bytes.count / width >= count else { throw .damaged("a page ends too early") }
      body(bytes)
    case PageEncoding.split where width != 12:
      let joined = try SplitBytes.joined(bytes, count: count, width: width)
      body(UnsafeRawBufferPointer(start: joined.start, count: count * width))
      withExtendedLifetime(joined) {}
    default: throw PageEncoding.fault(encoding)
    }
  }

  /// Turns stored whole numbers into what they mean.
  private func convert(_ buffer: NumberBuffer) {
    let count = buffer.count
    let numbers = UnsafeMutableBufferPointer(rebasing: buffer.integers[..<count])
    switch column.meaning {
    case .integer(isSigned: false) where column.storage == .int32:
      for index in numbers.indices { numbers[index] &= 0xFFFF_FFFF }
    case .integer(isSigned: false) where !keepsBits && numbers.contains { $0 < 0 }:
      let reals = buffer.makeReals(count)
      for index in reals.indices { reals[index] = Double(UInt64(bitPattern: numbers[index])) }
    case .decimal(let scale) where scale > 0:
      let reals = buffer.makeReals(count)
      for index in reals.indices { reals[index] = Decimals.number(numbers[index], scale: scale) }
    case .time(let scale): TimeValues.convert(numbers, from: scale)
    case .boolean, .integer, .real, .half, .decimal, .text, .uuid, .null: break
    }
  }
}
