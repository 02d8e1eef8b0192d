import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling
internal import Wording

/// Lists jobs that have ended, with their use of the machine.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Lists jobs that have ended: outcome, times, processor time and peak memory.",
    discussion: """
      Times are in UTC. CPU is the time on all processors and MEMORY the peak memory of the largest process of a job, \
      which may run several times. Jobs are listed until the daemon removes them (keep_history_days).
      """)

  @OptionGroup var options: SpoolOptions

  @OptionGroup var filter: JobFilter

  @Option(
    name: .shortAndLong, help: "List jobs in this state only: \(SpoolJob.endedTitles.joined(separator: ", ")).",
    completion: .list(SpoolJob.endedTitles))
  var state: [String] = []

  @Option(
    help: ArgumentHelp(
      "List jobs that ended at or after this time: a date, a time such as 2026-11-24T14:30, or an age such as 2d.",
      valueName: "time"))
  var since: EarlierTime?

  @Option(help: ArgumentHelp("List jobs that ended before this time.", valueName: "time"))
  var until: EarlierTime?

  @Option(name: [.customShort("l"), .long], parsing: .unconditional, help: "List only this number of last jobs.")
  var last: Int?

  @Argument(help: "Numbers, names or identifiers of the jobs. Default: all.", completion: .endedJobs)
  var ids: [String] = []

  func validate() throws {
    try OptionRange.last.check(last)
    try StateFilter(state).check(among: SpoolJob.endedTitles) { state in
      "history lists jobs that have ended; for those that are \(state), use `deepspool list --state \(state)`"
    }
  }

  func run() async throws {
    try await CommandFailure.reporting(options.form) {
      let lookup = JobLookup(try options.layout())
      let records = try records(lookup)
      if options.json { return try print(JSONValue.array(records.map { .object($0.historyFields) }).pretty()) }
      guard !records.isEmpty else { return Terminal.note(filter.absence(of: "ended jobs that fit")) }
      let width = Terminal.Stream.output.width
      let lines = JobTable(ended: records, isShort: width != nil).lines(width: width, style: Style.output)
      try Terminal.write(lines.joined(separator: "\n") + "\n", to: .output)
    }
  }

  /// Returns the ended jobs that were asked for, in the order in which they ended.
  private func records(_ lookup: JobLookup) throws -> [ListedJob] {
    let (fileSystem, now) = (FileSystem(), Clocks.wallSeconds())
    let states = StateFilter(state)
    let all = lookup.jobsAndIncoming(in: try lookup.listing())
    for text in ids where !all.contains(where: { $0.id.matches(text) }) { throw JobLookup.absence(of: text) }
    let jobs = all.filter { job in
      job.isEnd && states.admits(job) && filter.admits(job) && (ids.isEmpty || ids.contains { job.id.matches($0) })
    }
    let records = jobs.map {
      ListedJob(JobReport($0, layout: lookup.layout, fileSystem: fileSystem), nowSeconds: now)
    }
    let ended = records.filter { record in
      let seconds = record.endedSeconds ?? now
      return filter.admits(record) && seconds >= since?.secondsSince1970 ?? -.infinity
        && seconds < until?.secondsSince1970 ?? .infinity
    }.sorted { ($0.endedSeconds ?? now, $0.id) < ($1.endedSeconds ?? now, $1.id) }
    return last.map { Array(ended.suffix($0)) } ?? ended
  }
}
