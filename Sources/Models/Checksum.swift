/// CRC-64 with the reflected ECMA-182 polynomial, as in .xz files.
package enum Checksum {
  private static let polynomial: UInt64 = 0xC96C_5795_D787_0F42

  private static let table: [UInt64] = (0..<256).map { index in
    (0..<8).reduce(UInt64(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
  }

  /// Returns the checksum of `bytes`.
  package static func crc64(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBufferPointer { bytes in
      table.withUnsafeBufferPointer { table in
        ~bytes.reduce(~UInt64(0)) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
      }
    }
  }
}
