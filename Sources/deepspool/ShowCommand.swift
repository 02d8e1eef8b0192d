import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Spooling

/// Prints the state of one job.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints the state, progress, reason, metrics and result of a job.")

  @OptionGroup var options: SpoolOptions

  @Argument(help: "Number, name or identifier of the job.")
  var id: String

  func run() async throws {
    try await CommandFailure.reporting {
      let layout = try options.layout()
      let fileSystem = FileSystem()
      let (_, id, state) = try await options.findArriving(id, layout)
      let report = JobReport(id: id, state: state, layout: layout, fileSystem: fileSystem)
      if options.json { return print(report.json.pretty()) }
      print("\(id): \(state.rawValue)")
      if let submitter = report.submitter { print("submitted by \(submitter)") }
      for order in report.orders {
        print("\(order.text) ordered by \(order.giver), \(JobTime(secondsSince1970: order.seconds.rounded()).text)")
      }
      if !report.progress.isEmpty { print(report.progress) }
      if let reason = report.reason { print(reason) }
      if let result = report.result { try ResultSummary(result, fileSystem: fileSystem).show(asJSON: false) }
    }
  }
}
