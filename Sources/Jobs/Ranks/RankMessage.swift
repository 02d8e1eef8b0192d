internal import JobEvents
internal import Models
internal import Training

/// A message about one model, in a letter between rank 0 and the rank that trains the model.
struct RankMessage<Content: Codable & Sendable>: Sendable {
  /// The number of the model.
  let model: Int
  let content: Content
  /// Files and numbers that belong to the content.
  var attachments: [[UInt8]] = []

  private struct Header: Codable {
    let model: Int
    let content: Content
  }

  func bytes() throws -> [UInt8] {
    JoinedBytes.join([try JSONCoding.encode(Header(model: model, content: content))] + attachments)
  }

  /// Returns the messages of a letter.
  ///
  /// - Throws: ``RankFault/unknownOrder`` if ranks run different versions of the program.
  static func messages(in letter: [UInt8]) throws(RankFault) -> [RankMessage] {
    do {
      return try JoinedBytes.split(letter).map { bytes in
        let parts = try JoinedBytes.split(bytes)
        let header = try JSONCoding.decode(Header.self, from: parts.first ?? [])
        return RankMessage(model: header.model, content: header.content, attachments: Array(parts.dropFirst()))
      }
    } catch {
      throw .unknownOrder
    }
  }
}

/// An instruction of rank 0 to another rank about a model.
enum RankInstruction: Codable, Sendable {
  /// Train it; the attachments are those of ``RankTask``.
  case train(RankTask)
  /// Stop, with the value of a ``TrainingControl/StopRequest``.
  case stop(Int)
}

/// A report of a rank to rank 0 about a model.
enum RankReport: Codable, Sendable {
  /// Rows have been trained or scored.
  case beat
  case event(JobEvent)
  /// The attachment is a checkpoint.
  case checkpoint
  /// The attachment is a page that shows the training.
  case page
  /// The attachments are those of ``RankEnding``.
  case ended(RankEnding)
}
