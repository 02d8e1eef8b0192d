internal import FoundationEssentials

/// The encoding of orders and reports as lines of JSON, each with the schema version.
///
/// Supervisor and worker run the same executable, so a different version means a defect and the
/// message is rejected.
package enum MessageLine {
  /// The schema version; raise it when the meaning of a message changes.
  package static let version = 1
  /// The maximum size of a message; the longest list the data files of a job (about 150 bytes each).
  package static let maximumBytes = 64 << 20
  package static let end = UInt8(ascii: "\n")

  private struct Envelope<Message: Codable>: Codable {
    let version: Int
    let message: Message
  }

  /// The reason for which a line is not a valid message.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  /// Encodes a message, with the line end.
  ///
  /// The JSON itself contains no line ends.
  package static func bytes<Message: Codable>(_ message: Message) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return Array(try encoder.encode(Envelope(version: version, message: message))) + [end]
  }

  /// Decodes a line without its line end.
  package static func message<Message: Codable>(_ line: some Collection<UInt8>) throws -> Message {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let envelope = try decoder.decode(Envelope<Message>.self, from: Data(line))
    guard envelope.version == version else {
      throw Fault(description: "unsupported message version \(envelope.version), expected \(version)")
    }
    return envelope.message
  }
}
