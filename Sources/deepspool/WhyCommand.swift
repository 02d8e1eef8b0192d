import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Jobs
internal import Spooling

/// Explains the state of a job.
struct WhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Explains why a job waits, failed or was cancelled, and which jobs are before it.")

  @OptionGroup var options: SpoolOptions

  @Argument(help: "Number, name or identifier of the job.")
  var id: String

  func run() async throws {
    try await CommandFailure.reporting {
      let layout = try options.layout()
      let fileSystem = FileSystem()
      let (listing, id, state) = try await options.findArriving(id, layout)
      let explanation = JobExplanation(
        id: id, state: state, listing: listing, layout: layout, fileSystem: fileSystem, nowSeconds: Clocks.wallSeconds()
      )
      let sentence = explanation.sentence
      print(
        options.json
          ? JSONValue.object([
            ("id", .string("\(id)")), ("state", .string(state.rawValue)), ("reason", .string(sentence)),
          ]).line : "\(id): \(sentence)")
      guard state != .queued || SpoolLock.isHeld(layout) else {
        Terminal.note("no daemon is running on '\(layout.root)'; no job starts until one does")
        return
      }
    }
  }
}
