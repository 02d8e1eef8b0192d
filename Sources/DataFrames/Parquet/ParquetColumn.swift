/// A flat column of a Parquet file.
struct ParquetColumn {
  /// How values are stored.
  enum Storage: Int {
    case boolean = 0
    case int32 = 1
    case int64 = 2
    case int96 = 3
    case float = 4
    case double = 5
    case bytes = 6
    case fixedBytes = 7

    var name: String {
      switch self {
      case .boolean: "BOOLEAN"
      case .int32: "INT32"
      case .int64: "INT64"
      case .int96: "INT96"
      case .float: "FLOAT"
      case .double: "DOUBLE"
      case .bytes: "BYTE_ARRAY"
      case .fixedBytes: "FIXED_LEN_BYTE_ARRAY"
      }
    }

    /// The bytes of a value; nil for booleans and for byte arrays.
    var width: Int? {
      switch self {
      case .int32, .float: 4
      case .int64, .double: 8
      case .int96: 12
      case .boolean, .bytes, .fixedBytes: nil
      }
    }
  }

  /// The meaning of the stored values.
  enum Meaning: Equatable {
    case boolean
    /// Whole numbers; unsigned ones fill the bits of their storage.
    case integer(isSigned: Bool)
    case real
    case half
    /// Whole numbers that count `10^-scale`.
    case decimal(scale: Int)
    /// Milliseconds since 1970, or since midnight, after division or multiplication.
    case time(TimeScale)
    case text
    case uuid
    case null
  }

  /// The factor between stored numbers and milliseconds.
  enum TimeScale: Equatable {
    case days
    case milliseconds
    case microseconds
    case nanoseconds
    /// Nanoseconds of the day and the Julian day, in 12 bytes.
    case julian
  }

  let name: String
  /// The position among the columns of a row group.
  let index: Int
  let storage: Storage
  let meaning: Meaning
  /// The declared type in messages, such as `INT64` or `DECIMAL(9, 2)`.
  let typeName: String
  let isOptional: Bool
  /// The bytes of a value of fixed length.
  let length: Int

  /// The kind that the column is read as if the job does not say; nil if the number of different texts decides.
  var kind: ColumnBuilder.Kind? {
    switch meaning {
    case .boolean: .level
    case .integer, .real, .half, .decimal, .null: .number
    case .time: .time
    case .text: isEnumeration ? .level : nil
    case .uuid: .text
    }
  }

  /// True for whole numbers that are read by way of reals: unsigned ones of 64 bits, and long decimals.
  var holdsWideNumbers: Bool {
    switch meaning {
    case .integer(isSigned: false): storage == .int64
    case .decimal(scale: 0): true
    default: false
    }
  }

  /// True for bytes of fixed length without a meaning, as polars stores numbers of 128 bits.
  var holdsPlainBytes: Bool { storage == .fixedBytes && meaning == .text && typeName == storage.name }

  private var isEnumeration: Bool { typeName == LogicalType.enumeration.name }
}

extension ParquetColumn {
  /// - Returns: nil for a meaning that no column of a table can have.
  /// - Throws: A fault if type and meaning contradict each other.
  init?(_ element: ParquetFooter.SchemaElement, index: Int) throws(ParquetFault) {
    guard let type = element.type, let storage = Storage(rawValue: type) else {
      throw .damaged("column '\(element.name)' has an unknown type")
    }
    let logical =
      element.known
      ?? element.converted.flatMap {
        LogicalType(converted: $0, scale: element.scale, precision: element.precision)
      }
    guard let meaning = Self.meaning(storage, logical) else { return nil }
    if storage == .fixedBytes { try Self.check(element, meaning) }
    if case .decimal(let scale) = meaning, !(0...400).contains(scale) {
      throw .damaged("column '\(element.name)' has \(scale) decimal places")
    }
    name = element.name
    self.index = index
    self.storage = storage
    self.meaning = meaning
    typeName = logical?.name ?? storage.name
    isOptional = element.repetition == .optional
    length = element.length
  }

  private static func check(_ element: ParquetFooter.SchemaElement, _ meaning: Meaning)
    throws(ParquetFault)
  {
    let isFit =
      switch meaning {
      case .half: element.length == 2
      case .uuid: element.length == 16
      default: element.length > 0
      }
    guard isFit else {
      throw .damaged("column '\(element.name)' has values of \(element.length) bytes")
    }
  }

  private static func meaning(_ storage: Storage, _ logical: LogicalType?) -> Meaning? {
    if logical == .null { return .null }
    switch (storage, logical) {
    case (.boolean, _): return .boolean
    case (.int96, _): return .time(.julian)
    case (.float, _), (.double, _): return .real
    case (.int32, .date): return .time(.days)
    case (.int32, .time), (.int64, .time), (.int64, .timestamp): return logical.flatMap(timeMeaning)
    case (_, .decimal(let scale, _)): return .decimal(scale: scale)
    case (.int32, .integer(_, let isSigned)), (.int64, .integer(_, let isSigned)):
      return .integer(isSigned: isSigned)
    case (.int32, _), (.int64, _): return .integer(isSigned: true)
    case (.fixedBytes, .float16): return .half
    case (.fixedBytes, .uuid): return .uuid
    case (_, .interval), (_, .bson), (_, .other): return nil
    case (.bytes, _), (.fixedBytes, _): return .text
    }
  }

  private static func timeMeaning(_ logical: LogicalType) -> Meaning? {
    switch logical {
    case .time(let unit), .timestamp(let unit):
      switch unit {
      case .milliseconds: .time(.milliseconds)
      case .microseconds: .time(.microseconds)
      case .nanoseconds: .time(.nanoseconds)
      }
    default: nil
    }
  }
}

extension ParquetFooter.SchemaElement {
  /// The declared meaning; nil for one that is newer than this reader, where the stored values count.
  fileprivate var known: LogicalType? {
    guard case .other(let id) = logical, !LogicalType.foreign.contains(id) else { return logical }
    return nil
  }
}
