internal import Documents
internal import DurableFiles
internal import JobFiles

/// Writes events as JSON lines.
///
/// A line that cannot be written is given up: the log explains, it does not decide.
struct JobEventLog: Sendable {
  let path: String
  let fileSystem: FileSystem

  func append(_ event: JobEvent) {
    let seconds = (Clocks.wallSeconds() * 1000).rounded() / 1000
    let line = JSONValue.object([("time", .number(seconds)), ("event", .string(event.name))] + event.fields).line
    try? fileSystem.append(line: line, to: path)
  }
}
