import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Jobs
internal import Spooling

/// Explains the state of a job.
struct WhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Explains why a job waits, failed or was cancelled, and which jobs are before it.")

  @OptionGroup var argument: JobArgument

  func run() async throws {
    let options = argument.options
    try await CommandFailure.reporting(options.form) {
      let (job, listing, lookup) = try await argument.find()
      let layout = lookup.layout
      let explanation = JobExplanation(
        job: job, listing: listing, layout: layout, fileSystem: FileSystem(), nowSeconds: Clocks.wallSeconds())
      let sentence = explanation.sentence
      try print(
        options.json
          ? JSONValue.object([
            ("id", job.jsonID), ("state", .string(job.title)), ("reason", .string(sentence)),
          ]).pretty() : "\(job.label): \(sentence)")
      if !job.isEnd, !options.json { options.noteMissingDaemon(layout) }
    }
  }
}
