/// Decodes the pages of one column in one row group, in order.
struct PageReader {
  private let column: ParquetColumn
  private let codec: PageCodec
  private let limit: Int
  private let isNumeric: Bool
  /// The expected bytes of a column of texts; nil if texts become levels.
  private let textBytes: Int?
  private let numbers: NumberValues
  private let texts: ValueText
  private(set) var result: ChunkColumn
  private(set) var rowsRead = 0

  private let presence = Presence()
  private let buffer = NumberBuffer()
  /// The unpacked page; it grows to the largest one.
  private var unpacked: Pages?
  private let pool: PagePool
  private var dictionary: ValueDictionary?

  init(
    column: ParquetColumn, codec: PageCodec, limit: Int, isNumeric: Bool, textBytes: Int?, result: ChunkColumn,
    pool: PagePool
  ) {
    self.column = column
    self.codec = codec
    self.limit = limit
    self.isNumeric = isNumeric
    self.textBytes = textBytes
    self.pool = pool
    self.result = result
    numbers = NumberValues(column: column, keepsBits: !isNumeric, limit: limit)
    texts = ValueText(column: column)
  }

  /// True if the values are byte arrays that become texts.
  private var holdsTexts: Bool { column.meaning == .text || column.meaning == .uuid }

  /// The bytes of each byte array; nil if they differ.
  private var length: Int? { column.storage == .fixedBytes ? column.length : nil }

  mutating func readDictionary(_ page: UnsafeRawBufferPointer, _ header: PageHeader)
    throws(ParquetFault)
  {
    guard dictionary == nil, rowsRead == 0 else { throw .damaged("a second dictionary") }
    guard header.encoding == PageEncoding.plain || header.encoding == PageEncoding.plainDictionary
    else {
      throw .damaged("a dictionary that is not plain")
    }
    let bytes = try unpack(page, size: header.unpackedBytes)
    // Each entry takes at least a byte.
    guard header.valueCount <= bytes.count else { throw .damaged("a dictionary ends too early") }
    if holdsTexts {
      dictionary = .texts(
        try TextEntries(bytes, count: header.valueCount, length: length, limit: limit))
    } else {
      let entries = NumberBuffer()
      try numbers.read(bytes, count: header.valueCount, encoding: PageEncoding.plain, into: entries)
      dictionary = .numbers(entries)
    }
  }

  mutating func readValues(_ page: UnsafeRawBufferPointer, _ header: PageHeader)
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
          ? try unpack(values, size: header.unpackedBytes - header.levelBytes) : values)
    } else {
      cursor = ByteCursor(try unpack(page, size: header.unpackedBytes))
      let isOld = header.levelEncoding == PageEncoding.packedBits
      if column.isOptional {
        let size = isOld ? (header.valueCount + 7) / 8 : try cursor.integer32()
        try readLevels(try cursor.take(size), header)
      } else {
        try readLevels(UnsafeRawBufferPointer(start: nil, count: 0), header)
      }
    }
    if rowsRead == 0, let textBytes, holdsTexts, holdsDifferentTexts(header) {
      result.content = .texts(TextStore(rowCount: result.rowCount, expectedBytes: min(textBytes, limit)))
    }
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
  private mutating func readPresent(_ bytes: UnsafeRawBufferPointer, _ header: PageHeader)
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
    let indexes = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: presence.valueCount)
    defer { indexes.deallocate() }
    try runs.read(into: indexes)
    guard let largest = indexes.max(), Int(largest) < dictionary.count else {
      throw .damaged(
        "a page refers to entry \(indexes.max() ?? 0) of a dictionary of \(dictionary.count)")
    }
    switch dictionary {
    case .numbers(let entries):
      buffer.take(UnsafeBufferPointer(indexes), of: entries)
      result.set(rowsRead, buffer, present: presence, texts: texts)
    case .texts(let entries):
      switch result.content {
      case .levels(let store):
        entries.replaceByCodes(indexes) { code($0, store) }
        store.setPage(rowsRead, UnsafeBufferPointer(indexes), present: presence)
      case .texts(let store): for index in indexes { add(entries.text(Int(index)), store) }
      case .numbers: break
      }
    }
  }

  /// Reads values that no dictionary holds.
  private mutating func readDirect(_ bytes: UnsafeRawBufferPointer, _ encoding: Int)
    throws(ParquetFault)
  {
    guard holdsTexts else {
      try numbers.read(bytes, count: presence.valueCount, encoding: encoding, into: buffer)
      result.set(rowsRead, buffer, present: presence, texts: texts)
      return
    }
    switch result.content {
    case .levels(let store):
      try TextValues.forEach(
        bytes, count: presence.valueCount, length: length, encoding: encoding, limit: limit
      ) { (value) throws(ParquetFault) in store.add(code(value, store)) }
      store.finishPage(rowsRead, present: presence)
    case .texts(let store):
      try TextValues.forEach(
        bytes, count: presence.valueCount, length: length, encoding: encoding, limit: limit
      ) { (value) throws(ParquetFault) in add(value, store) }
    case .numbers: break
    }
  }

  private func add(_ value: UnsafeRawBufferPointer, _ store: TextStore) {
    if column.meaning == .uuid { store.add(ValueText.identifier(value)) } else { store.add(value) }
  }

  private func code(_ value: UnsafeRawBufferPointer, _ store: LevelStore) -> Int32 {
    column.meaning == .uuid ? store.code(ValueText.identifier(value)) : store.code(value)
  }

  /// Returns the memory of pages.
  mutating func finish() {
    pool.give(unpacked)
    unpacked = nil
  }

  /// Returns the unpacked bytes of a page, which the next call overwrites.
  private mutating func unpack(_ bytes: UnsafeRawBufferPointer, size: Int) throws(ParquetFault)
    -> UnsafeRawBufferPointer
  {
    guard codec != .none else { return bytes }
    if (unpacked?.byteCount ?? 0) < size {
      pool.give(unpacked)
      unpacked = pool.take(byteCount: size)
    }
    guard let unpacked else {
      guard size > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
      throw .outOfMemory(byteCount: size)
    }
    let target = UnsafeMutableRawBufferPointer(start: unpacked.start, count: size)
    try codec.unpack(bytes, into: target)
    return UnsafeRawBufferPointer(target)
  }
}
