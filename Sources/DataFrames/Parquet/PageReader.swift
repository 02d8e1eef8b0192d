/// Decodes the pages of one column in one row group, in order.
///
/// A class, because values refer to it: copies would take longer than most of them. Not Sendable: one thread reads.
final class PageReader {
  private let column: ParquetColumn
  private let codec: PageCodec
  private let limit: Int
  private let isNumeric: Bool
  /// True if mostly different texts are kept as they are.
  private let mayBeText: Bool
  private let numbers: NumberValues
  private let texts: ValueText
  private let scratch: ChunkScratch
  private let pool: PagePool
  /// The memory of pages whose texts stay in them.
  private let textMemory: TextMemory
  @exclusivity(unchecked) private(set) var result: ChunkColumn
  @exclusivity(unchecked) private(set) var rowsRead = 0
  @exclusivity(unchecked) private var dictionary: ValueDictionary?

  private var presence: Presence { scratch.presence }

  init(
    column: ParquetColumn, codec: PageCodec, limit: Int, isNumeric: Bool, mayBeText: Bool, result: ChunkColumn,
    scratch: ChunkScratch, pool: PagePool, texts textMemory: TextMemory
  ) {
    self.column = column
    self.codec = codec
    self.limit = limit
    self.isNumeric = isNumeric
    self.mayBeText = mayBeText
    self.scratch = scratch
    self.pool = pool
    self.textMemory = textMemory
    self.result = result
    numbers = NumberValues(column: column, keepsBits: !isNumeric, limit: limit)
    texts = ValueText(column: column)
  }

  /// Ends the column and returns it.
  func finish() -> ChunkColumn {
    textMemory.finish()
    result.finish()
    return result
  }

  /// True if the values are byte arrays that become texts.
  private var holdsTexts: Bool { column.meaning == .text || column.meaning == .uuid }

  /// The bytes of each byte array; nil if they differ.
  private var length: Int? { column.storage == .fixedBytes ? column.length : nil }

  func readDictionary(_ page: UnsafeRawBufferPointer, _ header: PageHeader)
    throws(ParquetFault)
  {
    guard dictionary == nil, rowsRead == 0 else { throw .damaged("a second dictionary") }
    guard header.encoding == PageEncoding.plain || header.encoding == PageEncoding.plainDictionary
    else {
      throw .damaged("a dictionary that is not plain")
    }
    let bytes = try unpack(page, size: header.unpackedBytes, of: header)
    // Each entry takes at least a byte.
    guard header.valueCount <= bytes.count else { throw .damaged("a dictionary ends too early") }
    if holdsTexts {
      dictionary = .texts(
        try TextEntries(bytes, count: header.valueCount, length: length, owner: takeUnpacked()))
    } else {
      let entries = scratch.entries
      try numbers.read(bytes, count: header.valueCount, encoding: PageEncoding.plain, into: entries)
      dictionary = .numbers(entries, isNumeric ? ScaledEntries(entries, isTime: column.kind == .time) : nil)
    }
  }

  func readValues(_ page: UnsafeRawBufferPointer, _ header: PageHeader)
    throws(ParquetFault)
  {
    var cursor: ByteCursor
    if header.kind == .dataV2 {
      guard header.levelBytes <= min(page.count, header.unpackedBytes) else {
        throw .damaged("the levels of a page end too early")
      }
      var stored = ByteCursor(page)
      _ = try stored.take(header.repetitionBytes)
      let levels = try stored.take(header.levelBytes - header.repetitionBytes)
      try readLevels(levels, header)
      let values = stored.rest()
      cursor = ByteCursor(
        header.isPacked
          ? try unpack(values, size: header.unpackedBytes - header.levelBytes, of: header) : values)
    } else {
      cursor = ByteCursor(try unpack(page, size: header.unpackedBytes, of: header))
      let isOld = header.levelEncoding == PageEncoding.packedBits
      if column.isOptional {
        let size = isOld ? (header.valueCount + 7) / 8 : try cursor.integer32()
        try readLevels(try cursor.take(size), header)
      } else {
        try readLevels(UnsafeRawBufferPointer(start: nil, count: 0), header)
      }
    }
    if rowsRead == 0, mayBeText, holdsTexts, holdsDifferentTexts(header) { result.content = .texts(TextStore()) }
    if presence.valueCount > 0 { try readPresent(cursor.rest(), header) }
    if case .texts(let store) = result.content { store.finishPage(presence) }
    presence.insertMissing(into: &result.missing, from: rowsRead)
    rowsRead += header.valueCount
  }

  /// Returns true if the values of the column are rather texts than levels, by its first page.
  ///
  /// Writers use dictionaries as long as values repeat.
  private func holdsDifferentTexts(_ header: PageHeader) -> Bool {
    guard header.encoding == PageEncoding.dictionary || header.encoding == PageEncoding.plainDictionary else {
      return true
    }
    return LevelMerge.isText(dictionary?.count ?? 0, of: result.rowCount)
  }

  private func readLevels(_ bytes: UnsafeRawBufferPointer, _ header: PageHeader)
    throws(ParquetFault)
  {
    guard column.isOptional else { return presence.take(rowCount: header.valueCount) }
    let isOld = header.kind == .data && header.levelEncoding == PageEncoding.packedBits
    try presence.read(bytes, rowCount: header.valueCount, isOld: isOld)
  }

  /// Reads the values of the rows that have one.
  private func readPresent(_ bytes: UnsafeRawBufferPointer, _ header: PageHeader)
    throws(ParquetFault)
  {
    guard
      header.encoding == PageEncoding.dictionary || header.encoding == PageEncoding.plainDictionary
    else {
      return try readDirect(bytes, header.encoding)
    }
    guard let dictionary else {
      throw .damaged("a page refers to a dictionary that the column does not have")
    }
    var cursor = ByteCursor(bytes)
    let width = Int(try cursor.byte())
    var runs = try RunLengths(cursor.rest(), width: width)
    let indexes = scratch.makeIndexes(presence.valueCount)
    try runs.read(into: indexes)
    var largest: UInt32 = 0
    for index in indexes { largest = max(largest, index) }
    guard Int(largest) < dictionary.count else {
      throw .damaged("a page refers to entry \(largest) of a dictionary of \(dictionary.count)")
    }
    switch dictionary {
    case .numbers(let entries, let scaled):
      if let scaled, result.set(rowsRead, scaled, UnsafeBufferPointer(indexes), present: presence) { return }
      scratch.numbers.take(UnsafeBufferPointer(indexes), of: entries)
      result.set(rowsRead, scratch.numbers, present: presence, texts: texts)
    case .texts(let entries):
      switch result.content {
      case .levels(let store):
        if column.meaning == .uuid {
          entries.replaceByCodes(indexes) { self.code($0, store) }
          for index in indexes { store.add(Int32(bitPattern: index)) }
          store.finishPage(rowsRead, present: presence)
        } else {
          store.setPage(rowsRead, indexes, of: entries, present: presence)
        }
      case .texts(let store) where entries.isPlain && column.meaning == .text:
        store.takePage(entries.piece(UnsafeBufferPointer(indexes)), presence)
      case .texts(let store):
        for index in indexes { add(UnsafeRawBufferPointer(entries.text(Int(index))), store) }
      case .numbers: break
      }
    }
  }

  /// Reads values that no dictionary holds.
  private func readDirect(_ bytes: UnsafeRawBufferPointer, _ encoding: Int)
    throws(ParquetFault)
  {
    guard holdsTexts else {
      try numbers.read(bytes, count: presence.valueCount, encoding: encoding, into: scratch.numbers)
      result.set(rowsRead, scratch.numbers, present: presence, texts: texts)
      return
    }
    switch result.content {
    case .levels(let store):
      try TextValues.forEach(
        bytes, count: presence.valueCount, length: length, encoding: encoding, limit: limit
      ) { (value) throws(ParquetFault) in store.add(self.code(value, store)) }
      store.finishPage(rowsRead, present: presence)
    case .texts(let store) where encoding == PageEncoding.plain && column.meaning == .text && staysPlain(bytes):
      let spans = try TextValues.spans(bytes, count: presence.valueCount, length: length)
      guard let owner = textMemory.keep(), let start = bytes.baseAddress else { throw .damaged("a page has no data") }
      store.takePage(
        TextPiece(
          spans, start: start.assumingMemoryBound(to: UInt8.self), byteCount: bytes.count, owner: owner), presence)
    case .texts(let store):
      try TextValues.forEach(
        bytes, count: presence.valueCount, length: length, encoding: encoding, limit: limit
      ) { (value) throws(ParquetFault) in self.add(value, store) }
    case .numbers: break
    }
  }

  private func add(_ value: UnsafeRawBufferPointer, _ store: TextStore) {
    if column.meaning == .uuid { store.add(ValueText.identifier(value)) } else { store.add(value) }
  }

  private func code(_ value: UnsafeRawBufferPointer, _ store: LevelStore) -> Int32 {
    column.meaning == .uuid ? store.code(ValueText.identifier(value)) : store.code(value)
  }

  /// Texts of smaller pages are copied, so that there are few pieces of memory.
  private static let leastTextBytes = 1 << 16

  /// Returns true if the texts of a page may stay where they are unpacked.
  private func mayStay(_ header: PageHeader, size: Int) -> Bool {
    mayBeText && column.meaning == .text && header.kind != .dictionary && header.encoding == PageEncoding.plain
      && size >= Self.leastTextBytes
  }

  /// Returns true for ASCII in memory that texts may keep.
  private func staysPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    textMemory.holds(bytes) && PackedText.isPlain(bytes.assumingMemoryBound(to: UInt8.self))
  }

  /// Returns the memory of the unpacked page, which is not used for others; nil for a page that was not packed.
  private func takeUnpacked() -> Pages? {
    guard codec != .none, let pages = scratch.unpacked else { return nil }
    scratch.unpacked = nil
    pages.trim(to: scratch.unpackedBytes)
    return pages
  }

  /// Returns the unpacked bytes of a page, which the next call overwrites unless they are kept.
  private func unpack(_ bytes: UnsafeRawBufferPointer, size: Int, of header: PageHeader) throws(ParquetFault)
    -> UnsafeRawBufferPointer
  {
    guard codec != .none else { return bytes }
    if mayStay(header, size: size) {
      guard let target = textMemory.room(size) else { throw .outOfMemory(byteCount: size) }
      try codec.unpack(bytes, into: target)
      return UnsafeRawBufferPointer(target)
    }
    if (scratch.unpacked?.byteCount ?? 0) < size {
      pool.give(scratch.unpacked)
      scratch.unpacked = pool.take(byteCount: size)
    }
    guard let unpacked = scratch.unpacked else {
      guard size > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
      throw .outOfMemory(byteCount: size)
    }
    scratch.unpackedBytes = size
    let target = UnsafeMutableRawBufferPointer(start: unpacked.start, count: size)
    try codec.unpack(bytes, into: target)
    return UnsafeRawBufferPointer(target)
  }
}
