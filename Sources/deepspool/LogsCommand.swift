import ArgumentParser
internal import DurableFiles
internal import JobEvents
internal import Spooling

/// Prints what happened to a job so far.
struct LogsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Prints the events of a job so far, each with its time.",
    discussion: """
      The times are in UTC. With --json, every event is a line. --follow waits for further events until the job ends, \
      like `deepspool follow`. The journal of the service has more: journalctl DEEPSPOOL_JOB=ID.
      """)

  @OptionGroup var options: SpoolOptions

  @OptionGroup var events: EventOptions

  @Flag(name: .shortAndLong, help: "Wait for further events until the job ends.")
  var follow = false

  @Option(name: [.customShort("n"), .long], parsing: .unconditional, help: "Print only this number of last events.")
  var tail: Int?

  @Argument(help: "Number, name or identifier of the job.", completion: .jobs)
  var id: String

  func validate() throws { try OptionRange.tail.check(tail) }

  func run() async throws {
    try await CommandFailure.reporting(options.form) {
      let lookup = JobLookup(try options.layout())
      var text = events.text
      guard follow else { return try await printAll(lookup, &text) }
      var held: [String] = []
      let job = try await JobFollower(id, lookup).follow { news in
        switch news {
        case .event(let line): held += lines(line, &text)
        case .job(let job): if job.isEnd { held += Self.stamped(text.rest()) }
        case .interrupted: break
        case .daemon(let notice): Terminal.note(notice)
        }
        // The first events are those from before the command.
        try flush(&held)
      }
      if options.json { try print(EndEvent(report(job, lookup)).line) }
      guard job.outcomeStatus == 0 else { throw ExitCode(job.outcomeStatus) }
    }
  }

  private func printAll(_ lookup: JobLookup, _ text: inout EventText) async throws {
    let (_, job) = try await lookup.findArriving(id)
    let report = report(job, lookup)
    var tail = EventTail()
    let recorded = report.folder.map { tail.newLines(in: $0) } ?? []
    var shown = options.json ? recorded : Self.stamped(Self.ordered(recorded.flatMap { news($0, &text) } + text.rest()))
    if options.json, job.isEnd { shown.append(EndEvent(report).line) }
    let isEmpty = shown.isEmpty
    try flush(&shown)
    guard isEmpty, !options.json else { return }
    guard !report.isPrivate else {
      throw CommandFailure(.noInput, "\(job.id) has events that you may not read; \(report.reason ?? "")")
    }
    if let reason = report.reason { Terminal.note(reason) }
  }

  /// Returns lines in the order of time: a score that was held back comes after the event that released it.
  private static func ordered(_ lines: [EventText.Line]) -> [EventText.Line] {
    func second(_ line: EventText.Line) -> Double { line.seconds.rounded(.down) }
    return lines.enumerated()
      .sorted { (second($0.element), $0.offset) < (second($1.element), $1.offset) }.map(\.element)
  }

  private func report(_ job: SpoolJob, _ lookup: JobLookup) -> JobReport {
    JobReport(job, layout: lookup.layout, fileSystem: FileSystem())
  }

  private func flush(_ lines: inout [String]) throws {
    let shown = tail.map { lines.suffix($0) } ?? lines[...]
    if !shown.isEmpty { try print(shown.joined(separator: "\n")) }
    lines = []
  }

  private func lines(_ line: String, _ text: inout EventText) -> [String] {
    options.json ? [line] : Self.stamped(news(line, &text))
  }

  /// Returns what people see of a line of events.jsonl.
  private func news(_ line: String, _ text: inout EventText) -> [EventText.Line] {
    guard let logged = LoggedEvent(line: line.utf8) else { return [] }
    let own = words(logged.event).map { EventText.Line(seconds: logged.seconds, text: $0) }
    return text.lines(logged.event, seconds: logged.seconds) + [own].compactMap { $0 }
  }

  private static func stamped(_ news: [EventText.Line]) -> [String] {
    news.flatMap { line in line.lines.map { "\(Format.time(line.seconds))  \($0)" } }
  }

  /// Returns the line of an event that only the log shows.
  private func words(_ event: JobEvent) -> String? {
    switch event {
    case .processStarted: "process started"
    case .checkpointed(let samples) where events.all: "checkpoint after \(samples) rows"
    default: nil
    }
  }
}
