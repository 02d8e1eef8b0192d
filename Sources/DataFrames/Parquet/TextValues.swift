/// The byte arrays of a page, one after the other.
enum TextValues {
  /// A page of longer texts is not written.
  private static let mostBytes = 1 << 31

  /// Calls `body` with each of the `count` values of a column of the given length (nil: any length).
  ///
  /// - `limit`: The most bytes of all values together.
  static func forEach(
    _ bytes: UnsafeRawBufferPointer, count: Int, length: Int?, encoding: Int, limit: Int,
    _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    switch (encoding, length) {
    case (PageEncoding.plain, nil):
      var cursor = ByteCursor(bytes)
      for _ in 0..<count { try body(try cursor.take(try cursor.integer32())) }
    case (PageEncoding.plain, let length?):
      var cursor = ByteCursor(bytes)
      for _ in 0..<count { try body(try cursor.take(length)) }
    case (PageEncoding.deltaLengths, nil): try forEachOfLengths(bytes, count: count, body)
    case (PageEncoding.deltaTexts, _):
      try forEachOfPrefixes(bytes, count: count, length: length, limit: limit, body)
    case (PageEncoding.split, let length?):
      let joined = try SplitBytes.joined(bytes, count: count, width: length)
      for index in 0..<count {
        try body(UnsafeRawBufferPointer(start: joined.start + index * length, count: length))
      }
    default: throw PageEncoding.fault(encoding)
    }
  }

  /// Returns the places of the `count` plain values in `bytes`.
  ///
  /// `length` is that of each value; nil: any length.
  static func spans(_ bytes: UnsafeRawBufferPointer, count: Int, length: Int?) throws(ParquetFault) -> [TextSpan] {
    guard bytes.count <= TextPiece.mostBytes else { throw .tooLarge }
    let prefix = length == nil ? MemoryLayout<UInt32>.size : 0
    guard count * max(prefix, length ?? 0) <= bytes.count else { throw .damaged("the data end too early") }
    var position = 0
    let spans = [TextSpan](unsafeUninitializedCapacity: count) { spans, filled in
      while filled < count {
        guard position + prefix <= bytes.count else { return }
        let size =
          length ?? Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
        position += prefix
        guard size <= bytes.count - position else { return }
        spans.initializeElement(
          at: filled, to: TextSpan(start: UInt32(truncatingIfNeeded: position), count: UInt32(truncatingIfNeeded: size))
        )
        position += size
        filled += 1
      }
    }
    guard spans.count == count else { throw .damaged("the data end too early") }
    return spans
  }

  private static func forEachOfLengths(
    _ bytes: UnsafeRawBufferPointer, count: Int,
    _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    var cursor = ByteCursor(bytes)
    let lengths = try integers(&cursor, count: count)
    for length in lengths { try body(try cursor.take(Int(length))) }
  }

  /// Reads values that share a prefix with their predecessors.
  private static func forEachOfPrefixes(
    _ bytes: UnsafeRawBufferPointer, count: Int, length: Int?, limit: Int,
    _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    var cursor = ByteCursor(bytes)
    let prefixes = try integers(&cursor, count: count)
    let suffixes = try integers(&cursor, count: count)
    var value: [UInt8] = []
    var total = 0
    for (prefix, suffix) in zip(prefixes, suffixes) {
      guard prefix >= 0, prefix <= value.count else {
        throw .damaged("a text begins with \(prefix) bytes of a predecessor of \(value.count)")
      }
      value.removeLast(value.count - Int(prefix))
      value.append(contentsOf: try cursor.take(Int(suffix)))
      guard length == nil || value.count == length else {
        throw .damaged("a value of \(value.count) bytes")
      }
      // Few bytes can stand for very long texts.
      total += value.count
      guard total <= min(limit, mostBytes) else { throw .tooLarge }
      let fault = value.withUnsafeBytes { value -> ParquetFault? in
        do throws(ParquetFault) { try body(value) } catch { return error }
        return nil
      }
      if let fault { throw fault }
    }
  }

  private static func integers(_ cursor: inout ByteCursor, count: Int) throws(ParquetFault)
    -> [Int64]
  {
    var numbers = [Int64](repeating: 0, count: count)
    var fault: ParquetFault?
    numbers.withUnsafeMutableBufferPointer { numbers in
      do throws(ParquetFault) { try DeltaIntegers.read(&cursor, into: numbers) } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    return numbers
  }
}

/// The numbers of the encodings of values.
enum PageEncoding {
  static let plain = 0
  static let plainDictionary = 2
  static let runs = 3
  static let packedBits = 4
  static let deltas = 5
  static let deltaLengths = 6
  static let deltaTexts = 7
  static let dictionary = 8
  static let split = 9

  private static let names = [
    0: "PLAIN", 2: "PLAIN_DICTIONARY", 3: "RLE", 4: "BIT_PACKED", 5: "DELTA_BINARY_PACKED",
    6: "DELTA_LENGTH_BYTE_ARRAY", 7: "DELTA_BYTE_ARRAY", 8: "RLE_DICTIONARY",
    9: "BYTE_STREAM_SPLIT",
  ]

  /// Returns the fault for an encoding that the values of a column cannot have, or that is not known.
  static func fault(_ encoding: Int) -> ParquetFault {
    guard let name = names[encoding] else {
      return .unsupported(
        "uses encoding number \(encoding), which is not supported; write the table with PLAIN")
    }
    return .damaged("a page has encoding \(name), which is not possible for its type")
  }
}

/// Values whose first bytes precede all second bytes, and so on.
enum SplitBytes {
  /// Returns the values in order, `width` bytes each.
  static func joined(_ bytes: UnsafeRawBufferPointer, count: Int, width: Int) throws(ParquetFault)
    -> Pages
  {
    let (size, overflows) = count.multipliedReportingOverflow(by: width)
    guard !overflows, bytes.count >= size else {
      throw .damaged("a page of split bytes ends too early")
    }
    guard let pages = Pages(byteCount: size) else { throw .outOfMemory(byteCount: size) }
    for stream in 0..<width {
      let start = stream * count
      for index in 0..<count { pages.start[index * width + stream] = bytes[start + index] }
    }
    return pages
  }
}
