import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling

/// Waits until jobs have ended.
struct WaitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait", abstract: "Waits until jobs have ended; the exit status reflects the outcome.",
    discussion: """
      Exit status: 0 all jobs finished, 1 one failed, 2 one was cancelled, 3 a file was rejected; the highest counts. 69 \
      no daemon is running, 75 --timeout was reached.
      """)

  @OptionGroup var options: SpoolOptions

  @Option(parsing: .unconditional, help: "Seconds to wait at most. Default: no limit.")
  var timeout: Double?

  @Argument(help: "Numbers, names or identifiers of the jobs.", completion: .jobs)
  var ids: [String]

  func validate() throws {
    guard let timeout, !(timeout >= 0) else { return }
    throw ValidationError("--timeout must be at least 0 seconds, found \(timeout)")
  }

  func run() async throws {
    try await CommandFailure.reporting(options.form) {
      let lookup = JobLookup(try options.layout())
      var jobs: [SpoolJob] = []
      for id in ids { jobs.append(try await lookup.findArriving(id, for: .follow).1) }
      let wait = JobWait(lookup, options)
      let ended = try await wait.ended(jobs, timeoutSeconds: timeout)
      if options.json { try print(JSONValue.array(ended.map { .object(wait.record($0).historyFields) }).pretty()) }
      let status = ended.map(\.outcomeStatus).max() ?? 0
      guard status == 0 else { throw ExitCode(status) }
    }
  }
}
