/// The description at the end of a Parquet file: its schema and where its columns lie.
struct ParquetFooter {
  let elements: [SchemaElement]
  let groups: [RowGroup]

  /// A node of the schema, in depth-first order.
  struct SchemaElement {
    var name = ""
    /// The code of the physical type; nil for a group.
    var type: Int?
    /// The bytes of a value of fixed length.
    var length = 0
    var repetition = Repetition.required
    var childCount = 0
    var converted: Int?
    var scale = 0
    var precision = 0
    var logical: LogicalType?
  }

  enum Repetition: Int {
    case required = 0
    case optional = 1
    case repeated = 2
  }

  struct RowGroup {
    var columns: [Chunk] = []
    var rowCount = 0
  }

  /// The pages of one column in one row group.
  struct Chunk {
    var codec = 0
    var valueCount = 0
    var dataOffset = 0
    var dictionaryOffset: Int?
    var packedBytes = 0
    var unpackedBytes = 0
    /// The smallest and the largest number, as stored; nil for texts and without statistics.
    var minimum: UInt64?
    var maximum: UInt64?
    var isEncrypted = false
    var isElsewhere = false

    /// The position of the first page.
    var start: Int {
      guard let dictionaryOffset, dictionaryOffset > 0 else { return dataOffset }
      return min(dictionaryOffset, dataOffset)
    }
  }

  /// The number of rows in all groups.
  var rowCount: Int { groups.reduce(0) { $0 + $1.rowCount } }
}

extension ParquetFooter {
  /// Parses the footer.
  init(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) {
    var reader = ThriftReader(bytes)
    var elements: [SchemaElement] = []
    var groups: [RowGroup] = []
    var isEncrypted = false
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 2:
        try reader.list(kind) { (reader, _) throws(ParquetFault) in
          elements.append(try SchemaElement(&reader))
        }
      case 4:
        try reader.list(kind) { (reader, _) throws(ParquetFault) in
          groups.append(try RowGroup(&reader))
        }
      case 8:
        isEncrypted = true
        return false
      default: return false
      }
      return true
    }
    if isEncrypted, groups.allSatisfy({ $0.columns.allSatisfy(\.isEncrypted) }) {
      throw Self.encrypted
    }
    var rows = 0
    for group in groups {
      let (sum, overflows) = rows.addingReportingOverflow(group.rowCount)
      guard !overflows else {
        throw .damaged("the row groups have more rows than a table can have")
      }
      rows = sum
    }
    self.elements = elements
    self.groups = groups
  }

  static let encrypted = ParquetFault.unsupported(
    "is encrypted, which is not supported; write the table without encryption")
}

extension ParquetFooter.SchemaElement {
  fileprivate init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var element = Self()
    var isNamed = false
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1: element.type = try reader.integer(kind)
      case 2: element.length = try reader.integer(kind)
      case 3:
        let code = try reader.integer(kind)
        guard let repetition = ParquetFooter.Repetition(rawValue: code) else {
          throw .unsupported("has columns of vectors, which are not supported")
        }
        element.repetition = repetition
      case 4:
        element.name = try reader.text(kind)
        isNamed = true
      case 5: element.childCount = try reader.count(kind)
      case 6: element.converted = try reader.integer(kind)
      case 7: element.scale = try reader.integer(kind)
      case 8: element.precision = try reader.integer(kind)
      case 10: element.logical = try LogicalType(&reader)
      default: return false
      }
      return true
    }
    guard isNamed else { throw .damaged("a column has no name") }
    self = element
  }
}

extension ParquetFooter.RowGroup {
  fileprivate init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var group = Self()
    var isCounted = false
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1:
        try reader.list(kind) { (reader, _) throws(ParquetFault) in
          group.columns.append(try ParquetFooter.Chunk(&reader))
        }
      case 3:
        group.rowCount = try reader.count(kind)
        isCounted = true
      default: return false
      }
      return true
    }
    guard isCounted else { throw .damaged("a row group has no number of rows") }
    self = group
  }
}

extension ParquetFooter.Chunk {
  fileprivate init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var chunk = Self()
    var isDescribed = false
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1: chunk.isElsewhere = try !reader.bytes(kind).isEmpty
      case 3:
        try chunk.readDescription(&reader)
        isDescribed = true
      case 8, 9:
        chunk.isEncrypted = true
        return false
      default: return false
      }
      return true
    }
    guard isDescribed || chunk.isEncrypted else {
      throw .damaged("a column of a row group is not described")
    }
    self = chunk
  }

  private mutating func readDescription(_ reader: inout ThriftReader) throws(ParquetFault) {
    var chunk = self
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 4: chunk.codec = try reader.integer(kind)
      case 5: chunk.valueCount = try reader.count(kind)
      case 6: chunk.unpackedBytes = try reader.count(kind)
      case 7: chunk.packedBytes = try reader.count(kind)
      case 9: chunk.dataOffset = try reader.count(kind)
      case 11: chunk.dictionaryOffset = try reader.count(kind)
      case 12: try chunk.readStatistics(&reader)
      default: return false
      }
      return true
    }
    self = chunk
  }

  private mutating func readStatistics(_ reader: inout ThriftReader) throws(ParquetFault) {
    var chunk = self
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 5: chunk.maximum = Self.number(try reader.bytes(kind))
      case 6: chunk.minimum = Self.number(try reader.bytes(kind))
      default: return false
      }
      return true
    }
    self = chunk
  }

  /// Returns a stored number of four or eight bytes, extended by its sign.
  private static func number(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
    switch bytes.count {
    case 4: UInt64(bitPattern: Int64(Int32(littleEndian: bytes.loadUnaligned(as: Int32.self))))
    case 8: UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    default: nil
    }
  }
}
