internal import DurableFiles
internal import FoundationEssentials
internal import JobEvents

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
  /// What a job without metrics has done, such as `380 rows predicted`.
  private(set) var ending: String?

  /// Reads a file of events; a file that cannot be read has none.
  static func read(eventsFile path: String) -> EventExcerpt {
    guard let file = try? OpenedFile(path), let head = try? file.read(first: headBytes),
      let tail = try? file.read(last: tailBytes)
    else { return EventExcerpt(head: [], tail: []) }
    return EventExcerpt(head: head, tail: tail)
  }

  /// Creates the excerpt of lines; parts of lines at the edges are skipped.
  init(head: [UInt8], tail: [UInt8]) {
    firstSeconds = Self.lines(head).lazy.compactMap(Self.seconds).first
    for line in Self.lines(tail).reversed() {
      lastSeconds = lastSeconds ?? Self.seconds(line)
      let event = LoggedEvent(line: line)?.event
      if case .finished(let summary) = event, summary.headline == nil { ending = ending ?? summary.ending }
      score = event.flatMap(Self.score)
      if score != nil { return }
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "\n")) }

  /// The time of an event, also of one that this version does not know.
  private struct Timestamp: Decodable {
    let time: Double
    let event: String
  }

  private static func seconds(_ line: ArraySlice<UInt8>) -> Double? {
    (try? JSONDecoder().decode(Timestamp.self, from: Data(line)))?.time
  }

  private static func score(_ event: JobEvent) -> JobRecord.Score? {
    switch event {
    case .scored(let summary): score(summary.headline, isValidation: summary.isValidation)
    case .finished(let summary): summary.headline.flatMap { score($0, isValidation: summary.isValidation) }
    case .ofPart(_, let event): score(event)
    case .processStarted, .tableRead, .heldOut, .planned, .warning, .resumed, .checkpointed, .modelCount,
      .crossValidated, .modelFailed, .processEnded:
      nil
    }
  }

  private static func score(_ headline: JobEvent.Headline, isValidation: Bool) -> JobRecord.Score? {
    headline.value.isFinite
      ? JobRecord.Score(name: headline.name, value: headline.value, isValidation: isValidation) : nil
  }
}
