internal import FoundationEssentials

/// Orders and reports as lines of JSON, each with the version of the schema.
///
/// Supervisor and worker come from one executable, so versions differ only where something is broken; then the message
/// is refused, not guessed at.
package enum MessageLine {
  /// Raised when the meaning of a message changes.
  package static let version = 1
  /// A longer line is no message; the longest are warnings with the names of columns.
  package static let maximumBytes = 8 << 20
  package static let end = UInt8(ascii: "\n")

  private struct Envelope<Message: Codable>: Codable {
    let version: Int
    let message: Message
  }

  /// Why a line is no message.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  /// The message with the line's end.
  ///
  /// JSON has no line ends of its own.
  package static func bytes<Message: Codable>(_ message: Message) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return Array(try encoder.encode(Envelope(version: version, message: message))) + [end]
  }

  /// `line`: Without its end.
  package static func message<Message: Codable>(_ line: some Collection<UInt8>) throws -> Message {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let envelope = try decoder.decode(Envelope<Message>.self, from: Data(line))
    guard envelope.version == version else {
      throw Fault(description: "a message has version \(envelope.version), expected \(version)")
    }
    return envelope.message
  }
}
