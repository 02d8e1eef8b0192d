/// The meaning that a file declares for a column, beyond how its values are stored.
enum LogicalType: Equatable {
  case string
  case map
  case list
  case enumeration
  case decimal(scale: Int, precision: Int)
  case date
  case time(TimeUnit)
  case timestamp(TimeUnit)
  case interval
  case integer(bits: Int, isSigned: Bool)
  /// A column of nothing but nulls.
  case null
  case json
  case bson
  case uuid
  case float16
  /// A type that is newer than this reader, by its number.
  case other(Int)

  enum TimeUnit: String {
    case milliseconds = "MILLIS"
    case microseconds = "MICROS"
    case nanoseconds = "NANOS"
  }

  /// Reads the union of logical types.
  init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var type = LogicalType.other(0)
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      guard kind == .structure else { return false }
      switch id {
      case 5:
        let (scale, precision) = try Self.pair(&reader)
        type = .decimal(scale: scale, precision: precision)
        return true
      case 7:
        type = .time(try Self.unit(&reader))
        return true
      case 8:
        type = .timestamp(try Self.unit(&reader))
        return true
      case 10:
        let (bits, sign) = try Self.pair(&reader)
        type = .integer(bits: bits, isSigned: sign != 0)
        return true
      default:
        type = Self.plain[id] ?? .other(id)
        return false
      }
    }
    self = type
  }

  private static let plain: [Int: LogicalType] = [
    1: .string, 2: .map, 3: .list, 4: .enumeration, 6: .date, 11: .null, 12: .json, 13: .bson,
    14: .uuid, 15: .float16,
  ]

  /// Reads a structure of two whole numbers or flags.
  private static func pair(_ reader: inout ThriftReader) throws(ParquetFault) -> (Int, Int) {
    var (first, second) = (0, 0)
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      let value = kind == .yes ? 1 : kind == .no ? 0 : try reader.integer(kind)
      switch id {
      case 1: first = value
      case 2: second = value
      default: break
      }
      return true
    }
    return (first, second)
  }

  private static func unit(_ reader: inout ThriftReader) throws(ParquetFault) -> TimeUnit {
    var unit = TimeUnit.milliseconds
    try reader.structure { (reader, id, kind) throws(ParquetFault) in
      guard id == 2, kind == .structure else { return false }
      try reader.structure { (_, id, _) throws(ParquetFault) in
        switch id {
        case 1: unit = .milliseconds
        case 2: unit = .microseconds
        case 3: unit = .nanoseconds
        default: throw .unsupported("has times in an unknown unit")
        }
        return false
      }
      return true
    }
    return unit
  }

  /// Returns the type for the older annotation of a column; nil for an unknown one.
  init?(converted code: Int, scale: Int, precision: Int) {
    switch code {
    case 0: self = .string
    case 1, 2: self = .map
    case 3: self = .list
    case 4: self = .enumeration
    case 5: self = .decimal(scale: scale, precision: precision)
    case 6: self = .date
    case 7: self = .time(.milliseconds)
    case 8: self = .time(.microseconds)
    case 9: self = .timestamp(.milliseconds)
    case 10: self = .timestamp(.microseconds)
    case 11...14: self = .integer(bits: 8 << (code - 11), isSigned: false)
    case 15...18: self = .integer(bits: 8 << (code - 15), isSigned: true)
    case 19: self = .json
    case 20: self = .bson
    case 21: self = .interval
    default: return nil
    }
  }

  /// The numbers of known types whose values a table cannot hold: VARIANT, GEOMETRY, GEOGRAPHY, VECTOR.
  static let foreign = 16...19

  /// The name in messages.
  var name: String {
    switch self {
    case .string: "STRING"
    case .map: "MAP"
    case .list: "LIST"
    case .enumeration: "ENUM"
    case .decimal(let scale, let precision): "DECIMAL(\(precision), \(scale))"
    case .date: "DATE"
    case .time(let unit): "TIME(\(unit.rawValue))"
    case .timestamp(let unit): "TIMESTAMP(\(unit.rawValue))"
    case .interval: "INTERVAL"
    case .integer(let bits, let isSigned): "\(isSigned ? "INT" : "UINT")_\(bits)"
    case .null: "NULL"
    case .json: "JSON"
    case .bson: "BSON"
    case .uuid: "UUID"
    case .float16: "FLOAT16"
    case .other(16): "VARIANT"
    case .other(17): "GEOMETRY"
    case .other(18): "GEOGRAPHY"
    case .other(let id): "logical type \(id)"
    }
  }
}
