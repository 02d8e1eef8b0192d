/// Protocol buffers as far as ONNX needs them (wire format:
/// protobuf.dev/programming-guides/encoding).
///
/// The format has eight messages, so this short file replaces a package with generated code.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  private mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  private mutating func tag(_ field: Int, _ wireType: UInt64) { varint(UInt64(field) << 3 | wireType) }

  mutating func integer(_ field: Int, _ value: Int) {
    tag(field, 0)
    varint(UInt64(bitPattern: Int64(value)))
  }

  mutating func single(_ field: Int, _ value: Float) {
    tag(field, 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func data(_ field: Int, _ value: [UInt8]) {
    tag(field, 2)
    varint(UInt64(value.count))
    bytes += value
  }

  mutating func string(_ field: Int, _ value: String) { data(field, Array(value.utf8)) }

  mutating func message(_ field: Int, _ write: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    write(&inner)
    data(field, inner.bytes)
  }
}

/// The fields of one message, in order.
struct ProtobufReader {
  /// The value of a field.
  enum Value {
    case integer(Int)
    case data(ArraySlice<UInt8>)
    case single(Float)

    var integer: Int {
      if case .integer(let value) = self { value } else { 0 }
    }

    var data: ArraySlice<UInt8> {
      if case .data(let value) = self { value } else { [] }
    }

    var text: String { String(decoding: data, as: UTF8.self) }
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// Returns the next field; nil at the end.
  mutating func next() throws(ExportError) -> (field: Int, value: Value)? {
    guard !rest.isEmpty else { return nil }
    let tag = try varint()
    let field = Int(truncatingIfNeeded: tag >> 3)
    switch tag & 7 {
    case 0: return (field, .integer(Int(Int64(bitPattern: try varint()))))
    case 2:
      let count = try varint()
      guard count <= UInt64(rest.count) else { throw .notONNX(reason: "a field ends beyond the file") }
      let data = rest.prefix(Int(count))
      rest = rest.dropFirst(Int(count))
      return (field, .data(data))
    case 5:
      guard rest.count >= 4 else { throw .notONNX(reason: "a number ends beyond the file") }
      let pattern = rest.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      rest = rest.dropFirst(4)
      return (field, .single(Float(bitPattern: pattern)))
    case let type: throw .notONNX(reason: "a field has wire type \(type)")
    }
  }

  private mutating func varint() throws(ExportError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw .notONNX(reason: "a number ends beyond the file")
  }
}
