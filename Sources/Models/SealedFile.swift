/// A binary file with a magic word, a version and a checksum, which reveal damaged and foreign files.
///
/// Layout, little endian: magic (8 bytes), version (UInt32), header length (UInt32), header (JSON),
/// payload, CRC-64 of everything before it (UInt64).
package struct SealedFile: Sendable, Equatable {
  /// The kind of the file, as eight ASCII characters.
  package enum Kind: String, Sendable {
    case model = "DSPLMODL"
    case checkpoint = "DSPLCKPT"
  }

  /// The versions that this program reads.
  ///
  /// Version 1 was never released and is not supported: its networks have fewer arrays. Version 3 of a model keeps the
  /// notation of the training table. Version 4 of a model and version 3 of a checkpoint
  /// have content that earlier programs would misread, version 5 of a model several networks. A file is written in the
  /// lowest version that has its content, so that earlier programs read it.
  private static func versions(of kind: Kind) -> ClosedRange<UInt32> {
    switch kind {
    case .model: 2...5
    case .checkpoint: 2...3
    }
  }
  private static let fixedBytes = 16
  private static let checksumBytes = 8

  package let kind: Kind
  package let header: [UInt8]
  package let payload: [UInt8]
  private let version: UInt32

  /// - `isExtended`: Whether programs that do not know the newer parts of networks would misread the content.
  /// - `hasMembers`: Whether a model has several networks.
  package init(kind: Kind, header: [UInt8], payload: [UInt8], isExtended: Bool = false, hasMembers: Bool = false) {
    self.kind = kind
    self.header = header
    self.payload = payload
    switch kind {
    case .model: version = hasMembers ? 5 : isExtended ? 4 : 3
    case .checkpoint: version = isExtended ? 3 : 2
    }
  }

  package var bytes: [UInt8] {
    var bytes = Array(kind.rawValue.utf8)
    bytes.reserveCapacity(Self.fixedBytes + header.count + payload.count + Self.checksumBytes)
    bytes.append(littleEndian: version)
    bytes.append(littleEndian: UInt32(header.count))
    bytes += header
    bytes += payload
    bytes.append(littleEndian: Checksum.crc64(bytes[...]))
    return bytes
  }

  /// - Throws: ``SealedFileError`` if the bytes are not a complete, undamaged file of this kind.
  package init(kind: Kind, bytes: [UInt8]) throws(SealedFileError) {
    guard bytes.starts(with: Array(kind.rawValue.utf8)) else { throw .foreign(expected: kind) }
    guard bytes.count >= Self.fixedBytes + Self.checksumBytes else { throw .damaged }
    let version: UInt32 = bytes.littleEndian(at: 8)
    guard version >= Self.versions(of: kind).lowerBound else { throw .older(version: version) }
    guard version <= Self.versions(of: kind).upperBound else { throw .newer(version: version) }
    let headerCount = Int(bytes.littleEndian(at: 12) as UInt32)
    let end = bytes.count - Self.checksumBytes
    guard headerCount <= end - Self.fixedBytes else { throw .damaged }
    guard Checksum.crc64(bytes[..<end]) == bytes.littleEndian(at: end) else { throw .damaged }
    self.kind = kind
    self.version = version
    header = Array(bytes[Self.fixedBytes..<Self.fixedBytes + headerCount])
    payload = Array(bytes[(Self.fixedBytes + headerCount)..<end])
  }
}

/// The reason why a file of this program cannot be read.
package enum SealedFileError: Error, Sendable, Equatable, CustomStringConvertible {
  case foreign(expected: SealedFile.Kind)
  case newer(version: UInt32)
  case older(version: UInt32)
  case damaged
  /// The checksum is valid, but a value, named by the text, is out of range.
  case implausible(String)

  package var description: String {
    switch self {
    case .foreign(let kind): "this is not a deepspool \(kind == .model ? "model" : "checkpoint")"
    case .newer(let version):
      "the file has format \(version), written by a newer deepspool; upgrade deepspool to read it"
    case .older(let version):
      "the file has format \(version), which this deepspool no longer reads; train the model again"
    case .damaged: "the file is damaged: its checksum or its lengths are invalid"
    case .implausible(let what): "the file holds invalid data: \(what); use another copy, or train the model again"
    }
  }
}

extension [UInt8] {
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }

  /// Returns the number at `offset`, which must be in range.
  func littleEndian<Value: FixedWidthInteger>(at offset: Int) -> Value {
    withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self)) }
  }
}
