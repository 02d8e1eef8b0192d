import ArgumentParser
internal import JobFiles
internal import Spooling
internal import Wording

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

/// Asks the daemon to change the priority of waiting jobs.
struct PriorityCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(
    .priority, "Changes the priority of waiting jobs; those with higher numbers run first.",
    usage: "deepspool priority [<options>] <number> <ids> ...")
  @OptionGroup var options: SpoolOptions

  // A negative number looks like an option, so the parser passes on what it does not know.
  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "The priority, from \(JobFile.priorities.lowerBound) to \(JobFile.priorities.upperBound), then numbers, names or identifiers of the jobs.",
      valueName: "number> <ids"), completion: .orderedJobs)
  var arguments: [String]

  func validate() throws {
    guard let number = arguments.first.flatMap({ Int($0) }), JobFile.priorities.contains(number) else {
      let range = JobFile.priorities
      throw ValidationError(
        "the first argument must be the priority, a number between \(range.lowerBound) and \(range.upperBound)"
          + reversalHint)
    }
    guard arguments.count > 1 else { throw ValidationError("name at least one job after the priority") }
    if let option = arguments.dropFirst().first(where: { $0.hasPrefix("-") }) {
      throw ValidationError("Unknown option '\(option)'")
    }
  }

  /// What the command may have meant if the priority comes after the job.
  private var reversalHint: String {
    guard arguments.count == 2, let number = Int(arguments[1]), JobFile.priorities.contains(number) else { return "" }
    return "; did you mean `deepspool priority \(number) \(arguments[0].inShell)`?"
  }

  func run() async throws {
    try await OrderDrop(options).give(.priority, Array(arguments.dropFirst()), priority: Int(arguments[0]))
  }
}

/// Asks the daemon to remove ended jobs and rejected files.
struct RemoveCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(
    .remove, "Removes ended jobs with their results, and rejected files with their reasons.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.remove) }
}

/// Asks the daemon to run ended jobs again.
struct RerunCommand: AsyncParsableCommand {
  static let configuration = JobOrder.configuration(
    .rerun, "Submits the job files of ended jobs again, as new jobs of the same submitters.")
  @OptionGroup var order: JobOrder
  func run() async throws { try await order.give(.rerun) }
}

/// The arguments of most commands that drop an order file into the spool.
struct JobOrder: ParsableArguments {
  @OptionGroup var options: SpoolOptions

  @Argument(
    help: "Numbers, names or identifiers of the jobs; a name means your newest job that has it.",
    completion: .orderedJobs)
  var ids: [String]

  static func configuration(_ order: SpoolOrder, _ abstract: String, usage: String? = nil) -> CommandConfiguration {
    CommandConfiguration(
      commandName: order.rawValue, abstract: abstract, usage: usage,
      discussion:
        "Equivalent to a file in control/\(order.rawValue) named after the job's number, name or identifier.")
  }

  func give(_ order: SpoolOrder) async throws { try await OrderDrop(options).give(order, ids) }
}
