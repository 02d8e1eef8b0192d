import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Spooling

/// Orders the daemon to cancel jobs.
struct CancelCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(.cancel, "Cancels waiting or running jobs.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.cancel) }
}

/// Orders the daemon to set waiting jobs aside.
struct HoldCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(.hold, "Sets waiting jobs aside until they are released.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.hold) }
}

/// Orders the daemon to let held jobs go on.
struct ReleaseCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(.release, "Lets held jobs wait for their turn again.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.release) }
}

/// Orders the daemon to end running jobs with what they have.
struct FinishCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(
    .finish, "Ends running jobs now: the best model so far becomes the result, with its full report.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.finish) }
}

/// Orders the daemon to try jobs again.
struct RetryCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(
    .retry, "Queues failed or cancelled jobs again; they go on from their checkpoint if they have one.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.retry) }
}

/// What all orders have in common: jobs, a spool, a file that is dropped.
struct JobOrder: ParsableArguments {
  @OptionGroup var options: SpoolOptions

  @Argument(help: "Numbers, names or identifiers of jobs.")
  var ids: [String]

  static func configuration(_ order: SpoolOrder, _ abstract: String) -> CommandConfiguration {
    CommandConfiguration(
      commandName: order.rawValue, abstract: abstract,
      discussion:
        "The same as dropping a file with the job's number, name or identifier into control/\(order.rawValue).")
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
            ? JSONValue.object([(order.rawValue, .string("\(id)"))]).line : "asked to \(order.rawValue) \(id)")
      }
      guard SpoolLock.isHeld(layout) else {
        throw CommandFailure(.daemonNotRunning, "no daemon works on '\(layout.root)'; the order waits until one starts")
      }
    }
  }
}
