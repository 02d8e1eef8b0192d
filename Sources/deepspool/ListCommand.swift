import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling

/// Lists the jobs of a spool.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists running and waiting jobs; with --all, also jobs that have ended.",
    discussion: """
      AGE is the time since the job was submitted, TIME the time for which it has been running, DONE the completed share \
      and LEFT an estimate. On a terminal, columns without content are left out and lines are cut to its width. Colours \
      appear on terminals only; the variable NO_COLOR turns them off.
      """)

  @OptionGroup var options: SpoolOptions

  @Flag(name: .shortAndLong, help: "List finished, failed, cancelled and rejected jobs too.")
  var all = false

  @OptionGroup var filter: JobFilter

  @Option(
    name: .shortAndLong, help: "List jobs in this state only: \(SpoolJob.titles.joined(separator: ", ")).",
    completion: .list(SpoolJob.titles))
  var state: [String] = []

  @Flag(name: .shortAndLong, help: "Show the list again and again until interrupted; with --json, a list per line.")
  var watch = false

  @Option(parsing: .unconditional, help: "Seconds between two lists of --watch.")
  var interval = 2.0

  private static let intervals = 0.1...86_400.0

  func validate() throws {
    try StateFilter(state).check()
    guard !Self.intervals.contains(interval) else { return }
    throw ValidationError("--interval must be between 0.1 and 86400 seconds, found \(interval)")
  }

  func run() async throws {
    try await CommandFailure.reporting(options.form) {
      let lookup = JobLookup(try options.layout())
      guard watch else { return try show(try records(lookup), lookup.layout) }
      while true {
        let records = try records(lookup)
        if options.json {
          try print(JSONValue.array(records.map { .object($0.fields) }).line)
        } else {
          let notice = Self.isOpen(records) ? SpoolOptions.missingDaemon(lookup.layout) : nil
          try ListScreen(records, notice: notice, isStyled: Style.output.isEnabled).draw()
        }
        try await Task.sleep(for: .seconds(interval))
      }
    }
  }

  private func records(_ lookup: JobLookup) throws -> [ListedJob] {
    let (fileSystem, now) = (FileSystem(), Clocks.wallSeconds())
    let states = StateFilter(state)
    // A state that is asked for is listed, whether it has ended or not.
    let listing = try lookup.listing()
    let jobs = lookup.jobsAndIncoming(in: listing).filter { all || !states.isEmpty || !$0.isEnd }
    var waits = WaitReasons(listing, lookup.directory, nowSeconds: now)
    return jobs.filter(states.admits).filter(filter.admits).map {
      ListedJob(
        JobReport($0, layout: lookup.layout, fileSystem: fileSystem), nowSeconds: now, condition: waits.reason(of: $0))
    }.filter(filter.admits)
  }

  /// Returns whether a list has jobs that a daemon must run, or nothing at all.
  private static func isOpen(_ records: [ListedJob]) -> Bool {
    records.isEmpty || records.contains { !$0.report.job.isEnd }
  }

  private func show(_ records: [ListedJob], _ layout: SpoolLayout) throws {
    guard !options.json else { return try print(JSONValue.array(records.map { .object($0.fields) }).pretty()) }
    defer { if Self.isOpen(records) { options.noteMissingDaemon(layout) } }
    guard !records.isEmpty else {
      return Terminal.note(filter.absence(of: "\(all ? "" : "running or waiting ")jobs"))
    }
    let lines = JobTable(current: records).lines(width: Terminal.Stream.output.width, style: Style.output)
    try Terminal.write(lines.joined(separator: "\n") + "\n", to: .output)
  }
}
