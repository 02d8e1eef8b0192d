import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Spooling
internal import Wording

/// Lists the jobs of a spool.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists running and waiting jobs; with --all, also jobs that have ended.")

  @OptionGroup var options: SpoolOptions

  @Flag(help: "List finished, failed and cancelled jobs too.")
  var all = false

  func run() async throws {
    try await CommandFailure.reporting {
      let layout = try options.layout()
      let fileSystem = FileSystem()
      let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
      let states: [JobState] = all ? JobState.allCases : [.running, .queued, .held]
      let reports = states.flatMap { state in
        (listing.jobs[state] ?? []).sorted().map {
          JobReport(id: $0, state: state, layout: layout, fileSystem: fileSystem)
        }
      }
      if options.json { return print(JSONValue.array(reports.map(\.json)).pretty()) }
      for report in reports {
        print(
          "\(report.id)".padded(to: 32) + report.state.rawValue.padded(to: 11)
            + (report.submitterName ?? "-").padded(to: 12) + report.progress)
      }
      if reports.isEmpty { Terminal.note("no \(all ? "" : "running or waiting ")jobs") }
    }
  }
}
