import ArgumentParser
internal import DurableFiles
internal import JobEvents
internal import Spooling

/// Prints the events of a job until it ends.
struct FollowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow", abstract: "Prints the events of a job until it ends; the exit status reflects the outcome.",
    discussion: """
      With --json, every event is a line, and the last line has the state and the reason. Exit status: 0 the job \
      finished, 1 it failed, 2 it was cancelled, 3 its file was rejected, 69 its file is not accepted yet and no daemon is running.
      """)

  @OptionGroup var options: SpoolOptions

  @OptionGroup var events: EventOptions

  @Argument(
    help: "Number, name or identifier of the job; a job just submitted may take a moment to appear.", completion: .jobs)
  var id: String

  func run() async throws {
    try await CommandFailure.reporting(options.form) {
      let lookup = JobLookup(try options.layout())
      var text = events.text
      let job = try await JobFollower(id, lookup).follow { news in
        switch news {
        case .job(let job):
          guard !options.json else { break }
          if job.isEnd { try show(text.rest()) }
          let report = JobReport(job, layout: lookup.layout, fileSystem: FileSystem())
          try print("\(job.id): \(report.isPrivate ? job.sentence(report.reason) : job.title)")
        case .event(let line):
          guard !options.json else { return try print(line) }
          guard let logged = LoggedEvent(line: line.utf8) else { break }
          try show(text.lines(logged.event, seconds: logged.seconds))
        case .interrupted(let job):
          guard !options.json else { break }
          try show(text.rest())
          let report = JobReport(job, layout: lookup.layout, fileSystem: FileSystem())
          try print("\(job.id): interrupted and queued again\(report.reason.map { ": \($0)" } ?? "")")
        case .daemon(let notice): Terminal.note(notice)
        }
      }
      let report = JobReport(job, layout: lookup.layout, fileSystem: FileSystem())
      if options.json {
        try print(EndEvent(report).line)
      } else {
        if let reason = report.reason, !report.isPrivate { Terminal.note(reason) }
        if let result = report.result { try ResultSummary(result, fileSystem: report.fileSystem).show(asJSON: false) }
      }
      guard job.outcomeStatus == 0 else { throw ExitCode(job.outcomeStatus) }
    }
  }

  private func show(_ news: [EventText.Line]) throws {
    guard !news.isEmpty else { return }
    try print(news.flatMap(\.lines).map { "  \($0)" }.joined(separator: "\n"))
  }
}
