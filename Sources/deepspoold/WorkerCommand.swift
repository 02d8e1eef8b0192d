import ArgumentParser
internal import Supervision
internal import Workers

/// The command that runs one job in a process of its own; started by the daemon only.
///
/// The job has the rights that the daemon passes with the assignment.
struct WorkerCommand: AsyncParsableCommand {
  static let name = "worker"
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Runs one job for the deepspoold that started this process.", shouldDisplay: false)

  @Argument(help: "The job's identifier, for ps and top. The assignment comes through a pipe.")
  var job: String

  func run() async throws {
    guard let link = WorkerLink(.ownDescriptors) else {
      throw ValidationError("only deepspoold starts workers; use 'deepspool run JOB' to run a job")
    }
    await AssignedJob(link).run()
  }
}
