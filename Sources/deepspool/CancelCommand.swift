import ArgumentParser
internal import DurableFiles
internal import JobFiles
internal import Spooling

/// Orders the daemon to cancel jobs.
struct CancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Cancels waiting or running jobs.",
    discussion: "The same as dropping a file with the job's number or identifier into control/cancel.")

  @OptionGroup var options: SpoolOptions

  @Argument(help: "Numbers, names or identifiers of jobs.")
  var ids: [String]

  func run() async throws {
    try await CommandFailure.reporting {
      let layout = try options.layout()
      let fileSystem = FileSystem()
      let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
      for text in ids {
        let (id, state) = try options.find(text, in: listing, layout)
        guard (try? state.applying(.cancel)) != nil else {
          throw CommandFailure(.badData, "\(id) is \(state.rawValue) and cannot be cancelled")
        }
        try fileSystem.write([], to: "\(layout.cancelOrders)/\(id)", mode: 0o644, syncsFolder: false)
        print(options.json ? JSONValue.object([("cancel", .string("\(id)"))]).line : "asked to cancel \(id)")
      }
      guard SpoolLock.isHeld(layout) else {
        throw CommandFailure(.daemonNotRunning, "no daemon works on '\(layout.root)'; the order waits until one starts")
      }
    }
  }
}
