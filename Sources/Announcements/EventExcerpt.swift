internal import DurableFiles
internal import FoundationEssentials

/// The beginning and the end of a job's events.
///
/// A long training writes many megabytes of events, and pages list thousands of jobs, so only the first and the last
/// lines are read.
struct EventExcerpt: Sendable, Equatable {
  /// Ample for the first event.
  private static let headBytes = 4096
  /// Ample for the last score and what follows it.
  private static let tailBytes = 16_384

  /// The time of the first event, in seconds since 1970.
  private(set) var firstSeconds: Double?
  private(set) var lastSeconds: Double?
  /// The last score.
  private(set) var score: JobRecord.Score?

  /// Reads a file of events; a file that cannot be read has none.
  static func read(eventsFile path: String) -> EventExcerpt {
    guard let file = try? OpenedFile(path), let head = try? file.read(first: headBytes),
      let tail = try? file.read(last: tailBytes)
    else { return EventExcerpt(head: [], tail: []) }
    return EventExcerpt(head: head, tail: tail)
  }

  /// Creates the excerpt of lines; parts of lines at the edges are skipped.
  init(head: [UInt8], tail: [UInt8]) {
    firstSeconds = Self.lines(head).lazy.compactMap(EventLine.init).first?.seconds
    for line in Self.lines(tail).reversed() {
      guard let event = EventLine(line) else { continue }
      lastSeconds = lastSeconds ?? event.seconds
      score = event.score
      if score != nil { return }
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "\n")) }
}

/// The fields of a line of events.jsonl that summaries need.
private struct EventLine: Decodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static let (validation, training) = ("validation_", "training_")

  let seconds: Double
  let score: JobRecord.Score?

  init?(_ line: ArraySlice<UInt8>) {
    guard let event = try? JSONDecoder().decode(EventLine.self, from: Data(line)) else { return nil }
    self = event
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    seconds = try fields.decode(Double.self, forKey: Key(stringValue: "time"))
    let name = try fields.decode(String.self, forKey: Key(stringValue: "event"))
    var score: JobRecord.Score?
    if name == "scored" || name == "finished" {
      for key in fields.allKeys {
        let isValidation = key.stringValue.hasPrefix(Self.validation)
        guard isValidation || key.stringValue.hasPrefix(Self.training),
          let value = try? fields.decode(Double.self, forKey: key)
        else { continue }
        let prefix = isValidation ? Self.validation : Self.training
        score = JobRecord.Score(
          name: String(key.stringValue.dropFirst(prefix.count)), value: value, isValidation: isValidation)
      }
    }
    self.score = score
  }
}
