/// Reads structures in the compact protocol of Apache Thrift.
///
/// Fields that the caller does not know are skipped. Sizes are checked against the bytes that are left.
struct ThriftReader {
  /// The types of values on the wire.
  enum Kind: UInt8 {
    case yes = 1
    case no = 2
    case byte = 3
    case short = 4
    case integer = 5
    case long = 6
    case double = 7
    case bytes = 8
    case list = 9
    case set = 10
    case map = 11
    case structure = 12
    case uuid = 13
  }

  private static let deepest = 40

  private(set) var cursor: ByteCursor
  private var depth = 0

  init(_ bytes: UnsafeRawBufferPointer) { cursor = ByteCursor(bytes) }

  /// Reads a structure; `field` reads the value of each field that it knows, and returns false for others.
  mutating func structure(
    _ field: (inout ThriftReader, _ id: Int, _ kind: Kind) throws(ParquetFault) -> Bool
  ) throws(ParquetFault) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw .damaged("structures are nested too deeply") }
    var id = 0
    while true {
      let header = try cursor.byte()
      guard header != 0 else { return }
      let kind = try Self.kind(header & 15)
      let step = Int(header >> 4)
      id = step > 0 ? id + step : Int(Int16(truncatingIfNeeded: try cursor.zigzag()))
      if try !field(&self, id, kind) { try skip(kind) }
    }
  }

  /// Reads a list; `element` reads one element.
  mutating func list(
    _ kind: Kind, _ element: (inout ThriftReader, _ kind: Kind) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    guard kind == .list || kind == .set else { throw Self.otherKind }
    let (count, kind) = try listHeader()
    for _ in 0..<count { try element(&self, kind) }
  }

  mutating func integer(_ kind: Kind) throws(ParquetFault) -> Int {
    switch kind {
    case .byte: Int(Int8(bitPattern: try cursor.byte()))
    case .short, .integer, .long: Int(try cursor.zigzag())
    default: throw Self.otherKind
    }
  }

  /// Reads a size or count, which is not negative.
  mutating func count(_ kind: Kind) throws(ParquetFault) -> Int {
    let value = try integer(kind)
    guard value >= 0 else { throw .damaged("a negative size (\(value))") }
    return value
  }

  /// Reads a size or count of a page, which has 32 bits.
  mutating func shortCount(_ kind: Kind) throws(ParquetFault) -> Int {
    let value = try count(kind)
    guard value <= Int(Int32.max) else { throw .damaged("a size of \(value) in the header of a page") }
    return value
  }

  func flag(_ kind: Kind) throws(ParquetFault) -> Bool {
    guard kind == .yes || kind == .no else { throw Self.otherKind }
    return kind == .yes
  }

  mutating func bytes(_ kind: Kind) throws(ParquetFault) -> UnsafeRawBufferPointer {
    guard kind == .bytes else { throw Self.otherKind }
    return try cursor.take(try cursor.count(limit: cursor.remaining))
  }

  mutating func text(_ kind: Kind) throws(ParquetFault) -> String {
    String(decoding: try bytes(kind), as: UTF8.self)
  }

  private static let otherKind = ParquetFault.damaged("a field has another type than it should")

  private static func kind(_ code: UInt8) throws(ParquetFault) -> Kind {
    guard let kind = Kind(rawValue: code) else {
      throw .damaged("an unknown type of field (\(code))")
    }
    return kind
  }

  private mutating func listHeader() throws(ParquetFault) -> (count: Int, kind: Kind) {
    let header = try cursor.byte()
    let short = Int(header >> 4)
    // Each element takes at least a byte.
    let count = short == 15 ? try cursor.count(limit: cursor.remaining) : short
    // Some writers state no type for elements that do not exist.
    return (count, count == 0 && header & 15 == 0 ? .byte : try Self.kind(header & 15))
  }

  private mutating func skip(_ kind: Kind) throws(ParquetFault) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw .damaged("structures are nested too deeply") }
    switch kind {
    case .yes, .no: break
    case .byte: _ = try cursor.byte()
    case .short, .integer, .long: _ = try cursor.varint()
    case .double: _ = try cursor.take(8)
    case .uuid: _ = try cursor.take(16)
    case .bytes: _ = try bytes(kind)
    case .list, .set:
      let (count, kind) = try listHeader()
      for _ in 0..<count { try skipElement(kind) }
    case .map:
      let count = try cursor.count(limit: cursor.remaining)
      guard count > 0 else { return }
      let kinds = try cursor.byte()
      let (key, value) = (try Self.kind(kinds >> 4), try Self.kind(kinds & 15))
      for _ in 0..<count {
        try skipElement(key)
        try skipElement(value)
      }
    case .structure: try structure { (_, _, _) throws(ParquetFault) in false }
    }
  }

  /// Skips an element of a collection, where a truth value takes a byte.
  private mutating func skipElement(_ kind: Kind) throws(ParquetFault) {
    if kind == .yes || kind == .no { _ = try cursor.byte() } else { try skip(kind) }
  }
}
