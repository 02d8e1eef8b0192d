/// A Parquet file whose footer has been read.
struct ParquetFile {
  private static let magic = Array("PAR1".utf8)
  private static let encryptedMagic = Array("PARE".utf8)
  /// The size of the magic at both ends and of the length of the footer.
  private static let frameBytes = 12
  /// The limit for rows per byte of the file; a footer that states more is damaged.
  private static let mostRowsPerByte = 1 << 16

  let file: TableFile
  let footer: ParquetFooter
  let schema: ParquetSchema
  /// The position of the footer, where the data end.
  let dataEnd: Int

  static func recognises(_ file: TableFile) -> Bool {
    guard file.head.starts(with: magic) || file.head.starts(with: encryptedMagic) else {
      return false
    }
    return !ForeignFormat.isText(file.head)
      || tail(file).map { magics.contains(Array($0[4...])) } ?? false
  }

  private static let magics = [magic, encryptedMagic]

  /// Returns the last eight bytes: the length of the footer, and the magic.
  private static func tail(_ file: TableFile) -> [UInt8]? {
    guard file.byteCount >= frameBytes else { return nil }
    var tail = [UInt8](repeating: 0, count: 8)
    let isRead = tail.withUnsafeMutableBytes { target in
      do throws(FrameError) { try file.read(at: file.byteCount - 8, into: target) } catch {
        return false
      }
      return true
    }
    return isRead ? tail : nil
  }

  /// - Throws: A fault of the footer, or of the file.
  init(_ file: TableFile) throws(ParquetFault) {
    self.file = file
    guard let tail = Self.tail(file), Self.magics.contains(Array(tail[4...])) else {
      throw .damaged("it does not end as a Parquet file does; copy or write it again")
    }
    guard Array(tail[4...]) == Self.magic else { throw ParquetFooter.encrypted }
    let length = tail[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= file.byteCount - Self.frameBytes else {
      throw .damaged("its footer of \(length) bytes is longer than the file")
    }
    dataEnd = file.byteCount - 8 - length
    guard let pages = Pages(byteCount: length) else { throw .outOfMemory(byteCount: length) }
    do throws(FrameError) {
      try file.read(
        at: dataEnd, into: UnsafeMutableRawBufferPointer(start: pages.start, count: length))
    } catch {
      throw .file(error)
    }
    footer = try ParquetFooter(UnsafeRawBufferPointer(start: pages.start, count: length))
    withExtendedLifetime(pages) {}
    schema = try ParquetSchema(footer.elements)
    for group in footer.groups where group.columns.count != schema.leafCount {
      throw .damaged(
        "a row group has \(group.columns.count) columns, the schema \(schema.leafCount)")
    }
    guard footer.rowCount / Self.mostRowsPerByte <= file.byteCount else {
      throw .damaged("\(footer.rowCount) rows in \(file.byteCount) bytes")
    }
  }

  /// Refuses row groups that need more memory than `limit` bytes, or than the system has.
  func checkSize(of columns: [ParquetColumn], groups: Range<Int>, limit: Int) throws(ParquetFault) {
    var bytes = 0
    for group in footer.groups[groups] {
      for column in columns {
        let stored = group.columns[column.index].unpackedBytes
        let (rows, overflows) = group.rowCount.multipliedReportingOverflow(
          by: Self.leastBytesPerRow(column))
        guard !overflows, stored <= limit - bytes, rows <= limit - bytes else { throw .tooLarge }
        bytes += max(rows, stored)
      }
    }
    // Arrays have no way to report that memory is short, so the system is asked first.
    guard Pages(byteCount: bytes) != nil else { throw .outOfMemory(byteCount: bytes) }
  }

  /// The least memory that a value takes once it is read.
  private static func leastBytesPerRow(_ column: ParquetColumn) -> Int {
    switch column.meaning {
    case .boolean, .text, .uuid: MemoryLayout<Int32>.size
    case .integer, .null: 1
    case .real, .half, .decimal, .time: MemoryLayout<Double>.size
    }
  }
}
