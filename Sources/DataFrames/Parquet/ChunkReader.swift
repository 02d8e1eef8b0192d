/// Reads the pages of one column in one row group.
struct ChunkReader {
  /// Pages of more values are not written.
  private static let mostPageValues = 1 << 27

  let file: TableFile
  /// The end of the data in the file, where the footer begins.
  let dataEnd: Int
  let column: ParquetColumn
  let chunk: ParquetFooter.Chunk
  let rowCount: Int
  /// True for a column of numbers or times, false for one of texts or levels.
  let isNumeric: Bool
  /// Numbers that count as missing.
  let missingNumbers: Set<Double>
  /// True if mostly different texts are kept as they are.
  let mayBeText: Bool
  /// The most bytes of a table.
  let limit: Int
  let pool: PagePool
  let scratches: ScratchPool

  private var isTime: Bool { column.kind == .time }

  /// Returns the column.
  func read() throws(ParquetFault) -> ChunkColumn {
    guard rowCount > 0 else {
      return ChunkColumn(rowCount: 0, isNumeric: isNumeric, isTime: isTime, missingNumbers: [], pool: pool)
    }
    guard !chunk.isEncrypted else { throw ParquetFooter.encrypted }
    guard !chunk.isElsewhere else {
      throw .unsupported(
        "lies in another file, which is not supported; name that file, or its folder")
    }
    guard chunk.valueCount == rowCount else {
      throw .damaged("\(chunk.valueCount) values for \(rowCount) rows")
    }
    let codec = try PageCodec(code: chunk.codec)
    let stored = try storedBytes()
    defer { pool.give(stored.pages) }
    let scratch = scratches.take()
    let pages = PageReader(
      column: column, codec: codec, limit: limit, isNumeric: isNumeric, mayBeText: mayBeText,
      result: ChunkColumn(
        rowCount: rowCount, isNumeric: isNumeric, isTime: isTime, missingNumbers: missingNumbers, pool: pool),
      scratch: scratch, pool: pool, texts: TextMemory(expectedBytes: min(chunk.unpackedBytes, limit)))
    defer { scratches.give(scratch) }
    var cursor = ByteCursor(UnsafeRawBufferPointer(start: stored.pages.start, count: stored.count))
    while pages.rowsRead < rowCount {
      let at = cursor.position
      do throws(ParquetFault) {
        guard cursor.remaining > 0 else {
          throw .damaged("\(pages.rowsRead) rows instead of \(rowCount)")
        }
        var reader = ThriftReader(cursor.unread)
        let header = try PageHeader(&reader)
        _ = try cursor.take(reader.cursor.position)
        let page = try cursor.take(header.packedBytes)
        if let checksum = header.checksum, PageCodec.checksum(page) != checksum {
          throw .damaged("the checksum of a page does not match")
        }
        guard header.valueCount <= min(Self.mostPageValues, limit), header.unpackedBytes <= limit
        else {
          throw .tooLarge
        }
        switch header.kind {
        case .dictionary: try pages.readDictionary(page, header)
        case .data, .dataV2:
          guard header.valueCount <= rowCount - pages.rowsRead else {
            throw .damaged("more rows than announced")
          }
          try pages.readValues(page, header)
        case .other: break
        }
      } catch {
        if case .damaged(let problem) = error {
          throw .damaged("\(problem) (page at byte \(chunk.start + at))")
        }
        throw error
      }
    }
    return pages.finish()
  }

  /// Returns the bytes of the chunk.
  ///
  /// Old writers leave the header of the dictionary out of the size, so that a few bytes more are read.
  private func storedBytes() throws(ParquetFault) -> (pages: Pages, count: Int) {
    let start = chunk.start
    guard start >= 4, start <= dataEnd, chunk.packedBytes <= dataEnd - start else {
      throw .damaged("its \(chunk.packedBytes) bytes at byte \(start) lie outside the file")
    }
    let count = min(chunk.packedBytes + 100, dataEnd - start)
    guard let pages = pool.take(byteCount: count) else { throw .outOfMemory(byteCount: count) }
    do throws(FrameError) {
      try file.read(
        at: start, into: UnsafeMutableRawBufferPointer(start: pages.start, count: count))
    } catch {
      throw .file(error)
    }
    return (pages, count)
  }
}
