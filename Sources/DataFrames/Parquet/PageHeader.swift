/// The header in front of a page of a column.
struct PageHeader {
  enum Kind {
    case data
    case dataV2
    case dictionary
    /// A page that holds no values.
    case other
  }

  var kind = Kind.other
  var packedBytes = 0
  var unpackedBytes = 0
  /// The CRC-32 of the page as stored; nil if the file has none.
  var checksum: UInt32?
  /// The number of values, including nulls.
  var valueCount = 0
  var encoding = 0
  /// The encoding of definition levels; RLE in pages of version 2.
  var levelEncoding = 3
  /// The bytes of levels in front of the values of pages of version 2, which are not compressed.
  var levelBytes = 0
  /// The bytes of repetition levels among them.
  var repetitionBytes = 0
  /// False if the values of a page of version 2 are stored as they are.
  var isPacked = true

  init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var header = Self(kind: .other)
    var type = -1
    var described: Set<Int> = []
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1: type = try reader.integer(kind)
      case 2: header.unpackedBytes = try reader.shortCount(kind)
      case 3: header.packedBytes = try reader.shortCount(kind)
      case 4: header.checksum = UInt32(truncatingIfNeeded: try reader.integer(kind))
      case 5, 7: try header.readDescription(&reader)
      case 8: try header.readDescriptionV2(&reader)
      default: return false
      }
      described.insert(id)
      return true
    }
    switch type {
    case 0: header.kind = .data
    case 2: header.kind = .dictionary
    case 3: header.kind = .dataV2
    default: header.kind = .other
    }
    guard described.isSuperset(of: [2, 3]), header.kind == .other || described.contains(type + 5)
    else {
      throw .damaged("a page has an incomplete header")
    }
    self = header
  }

  private init(kind: Kind) { self.kind = kind }

  private mutating func readDescription(_ reader: inout ThriftReader) throws(ParquetFault) {
    var header = self
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1: header.valueCount = try reader.shortCount(kind)
      case 2: header.encoding = try reader.integer(kind)
      case 3 where kind != .yes && kind != .no: header.levelEncoding = try reader.integer(kind)
      default: return false
      }
      return true
    }
    self = header
  }

  private mutating func readDescriptionV2(_ reader: inout ThriftReader) throws(ParquetFault) {
    var header = self
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1: header.valueCount = try reader.shortCount(kind)
      case 4: header.encoding = try reader.integer(kind)
      case 5: header.levelBytes = try reader.shortCount(kind)
      case 6: header.repetitionBytes = try reader.shortCount(kind)
      case 7: header.isPacked = try reader.flag(kind)
      default: return false
      }
      return true
    }
    header.levelBytes += header.repetitionBytes
    self = header
  }
}
