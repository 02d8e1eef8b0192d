import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import Jobs
internal import Spooling
internal import Wording

/// Prints the state of one job.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints the state, progress, reason, warnings, metrics and result of a job.")

  @OptionGroup var argument: JobArgument

  func run() async throws {
    let options = argument.options
    try await CommandFailure.reporting(options.form) {
      let (job, listing, lookup) = try await argument.find()
      let report = JobReport(job, layout: lookup.layout, fileSystem: FileSystem(), withWarnings: true)
      let now = Clocks.wallSeconds()
      var waits = WaitReasons(listing, lookup.directory, nowSeconds: now)
      let record = ListedJob(report, nowSeconds: now, condition: waits.reason(of: job))
      guard !options.json else {
        let orders = JSONValue.array(report.orders.map(Self.json))
        let warnings = JSONValue.array(report.warnings.map(JSONValue.string))
        return try print(
          JSONValue.object(record.historyFields + [("orders", orders), ("warnings", warnings)]).pretty())
      }
      try print(Self.lines(record).joined(separator: "\n"))
      if !job.isEnd { options.noteMissingDaemon(lookup.layout) }
      guard let result = report.result else { return }
      try ResultSummary(result, fileSystem: report.fileSystem).show(asJSON: false)
    }
  }

  private static func json(_ order: RecordedOrder) -> JSONValue {
    .object([
      ("order", .string(order.text)), ("by", .string(order.giver.title)),
      ("time", .string(Format.time(order.seconds))),
    ])
  }

  private static func lines(_ record: ListedJob) -> [String] {
    let report = record.report
    func at(_ seconds: Double?) -> String { seconds.map { ", \(Format.time($0))" } ?? "" }
    let usage = report.usage ?? .init()
    let cost =
      usage.processCount == 0 && !usage.isGrowing
      ? ""
      : ", \(DurationText.precise(usage.cpuSeconds)) of processor time\(usage.isGrowing ? " so far" : ""), at most "
        + "\(ByteText.of(usage.peakMemoryBytes)) of memory"
    let run = record.runSeconds.map { "ran for \(DurationText.words($0))\(cost)" }
    let place = [
      record.priority.flatMap { $0 == 0 ? nil : "priority \($0)" }, record.group.map { "group \($0)" },
    ].compactMap { $0 }
    return
      [
        "\(report.job.label): \(record.state)",
        record.submitter == nil ? nil : "submitted by \(report.submitter ?? "")\(at(record.submittedSeconds))",
      ]
      .compactMap { $0 }
      + (place.isEmpty ? [] : [place.joined(separator: ", ")])
      + [
        record.startedSeconds.map { "started: \(Format.time($0))" },
        record.endedSeconds.map { "ended: \(Format.time($0))" },
        run,
      ].compactMap { $0 }
      + report.orders.map { "\($0.text) ordered by \($0.giver.title), \(Format.time($0.seconds))" }
      + [record.progressText].compactMap { $0 }
      + (report.job.state == .finished ? report.log?.end.sentences ?? [] : [])
      + [record.reason].compactMap { $0 }
      + report.warnings.map { "warning: \($0)" }
  }
}
