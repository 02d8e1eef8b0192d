import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Spooling

/// Asks the daemon to cancel jobs.
struct CancelCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(.cancel, "Cancels waiting or running jobs.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.cancel) }
}

/// Asks the daemon to hold waiting jobs.
struct HoldCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(.hold, "Holds waiting jobs until they are released.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.hold) }
}

/// Asks the daemon to release held jobs.
struct ReleaseCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(.release, "Returns held jobs to the queue.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.release) }
}

/// Asks the daemon to finish running jobs with their best model so far.
struct FinishCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(
    .finish, "Ends running jobs now; the best model so far becomes the result, with a full report.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.finish) }
}

/// Asks the daemon to retry jobs.
struct RetryCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(
    .retry, "Queues failed or cancelled jobs again; they continue from their checkpoint if they have one.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.retry) }
}

/// The arguments of all commands that drop an order file into the spool.
struct JobOrder: ParsableArguments {
  @OptionGroup var options: SpoolOptions

  @Argument(help: "Numbers, names or identifiers of the jobs.")
  var ids: [String]

  static func configuration(_ order: SpoolOrder, _ abstract: String) -> CommandConfiguration {
    CommandConfiguration(
      commandName: order.rawValue, abstract: abstract,
      discussion:
        "Equivalent to a file in control/\(order.rawValue) named after the job's number, name or identifier.")
  }

  func give(_ order: SpoolOrder) async throws {
    try await CommandFailure.reporting {
      let layout = try options.layout()
      let fileSystem = FileSystem()
      let listing = try SpoolListing.read(layout, fileSystem: fileSystem)
      for text in ids {
        let (id, state) = try options.find(text, in: listing, layout)
        guard order.applies(to: state) else {
          throw CommandFailure(.badData, "\(id) is \(state.rawValue) and cannot be \(order.participle)")
        }
        try fileSystem.write([], to: "\(layout.orders(order))/\(id)", mode: 0o644, syncsFolder: false)
        print(
          options.json
            ? JSONValue.object([(order.rawValue, .string("\(id)"))]).line : "\(order.rawValue) requested for \(id)")
      }
      guard SpoolLock.isHeld(layout) else {
        throw CommandFailure(
          .daemonNotRunning, "no daemon is running on '\(layout.root)'; the request waits until one starts")
      }
    }
  }
}
