/// The events of a job as far as they tell about its progress and its use of the machine.
///
/// A job that trains for days writes thousands of lines. Only the latest score of each model before the next start of the
/// process is read, and no checkpoints; warnings only on request.
package enum EventLog {
  /// Returns the events, in order.
  ///
  /// - `bytes`: The content of events.jsonl; an incomplete last line is left out.
  /// - `withWarnings`: Whether warnings are among them.
  package static func milestones(_ bytes: [UInt8], withWarnings: Bool = false) -> [LoggedEvent] {
    let ignored = withWarnings ? Self.ignored : Self.ignored + [JobEvent.Name.warning.bytes]
    var lines: [ArraySlice<UInt8>] = []
    var scores: [ArraySlice<UInt8>: Int] = [:]
    var isSuperseded: Set<Int> = []
    for line in bytes.split(separator: MessageLine.end) where line.endIndex < bytes.endIndex {
      guard let subject = subject(of: line) else { continue }
      if subject.starts(with: scored) {
        if let earlier = scores.updateValue(lines.count, forKey: subject) { isSuperseded.insert(earlier) }
      } else if ignored.contains(where: { subject.starts(with: $0) }) {
        continue
      } else if subject.starts(with: started) {
        scores = [:]
      }
      lines.append(line)
    }
    return lines.indices.filter { !isSuperseded.contains($0) }.compactMap { LoggedEvent(line: lines[$0]) }
  }

  private static let comma = UInt8(ascii: ",")
  /// The text between the time, which is first in each line, and the name of the event.
  private static let marker = Array(#", "event": "#.utf8)
  private static let scored = JobEvent.Name.scored.bytes
  private static let started = JobEvent.Name.processStarted.bytes
  private static let ignored = [JobEvent.Name.checkpointed, .heldOut].map(\.bytes)
  private static let part = Array(#", "part": ""#.utf8)

  /// Returns the name of a line's event and the rest of the line; of a score only the part that was scored follows.
  private static func subject(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let timeEnd = line.firstIndex(of: comma), line[timeEnd...].starts(with: marker) else { return nil }
    let rest = line[(timeEnd + marker.count)...]
    guard rest.starts(with: scored) else { return rest }
    let fields = rest.dropFirst(scored.count)
    guard fields.starts(with: part) else { return rest.prefix(scored.count) }
    let name = fields.dropFirst(part.count).firstIndex(of: UInt8(ascii: "\""))
    return name.map { rest[..<$0] } ?? rest
  }
}
