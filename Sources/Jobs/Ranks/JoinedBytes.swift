/// Byte arrays as one array: each follows its length.
struct JoinedBytes {
  private static let lengthBytes = MemoryLayout<Int64>.stride

  /// The damage of bytes that no process of this program has joined.
  struct Damage: Error {}

  static func join(_ parts: [[UInt8]]) -> [UInt8] {
    var joined: [UInt8] = []
    joined.reserveCapacity(parts.reduce(0) { $0 + lengthBytes + $1.count })
    for part in parts {
      withUnsafeBytes(of: Int64(part.count)) { joined.append(contentsOf: $0) }
      joined += part
    }
    return joined
  }

  static func split(_ joined: [UInt8]) throws(Damage) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var place = 0
    while place < joined.count {
      guard joined.count - place >= lengthBytes else { throw Damage() }
      let length = Int(joined.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: Int64.self) })
      place += lengthBytes
      guard (0...joined.count - place).contains(length) else { throw Damage() }
      parts.append(Array(joined[place..<place + length]))
      place += length
    }
    return parts
  }
}
