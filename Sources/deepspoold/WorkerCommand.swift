import ArgumentParser
internal import DurableFiles
internal import Glibc
internal import JobEvents
internal import Supervision

/// One job in a process of its own; the daemon starts it, people do not.
struct WorkerCommand: AsyncParsableCommand {
  static let name = "worker"
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Runs one job for a deepspoold that has started this process.", shouldDisplay: false)

  @Argument(help: "The job's identifier, for ps and top; the assignment comes through a pipe.")
  var job: String

  func run() async throws {
    // Somebody who opens a file just while it is asked for writers (a lease) makes the system send this; it would end us.
    signal(SIGIO, SIG_IGN)
    guard let link = WorkerLink() else {
      throw ValidationError("a worker is started by deepspoold; to run a job by hand: deepspool run JOB")
    }
    MemoryLimit(bytes: link.assignment.memoryLimitBytes).enforce()
    link.end(await JobWorker(link: link, fileSystem: FileSystem()).run())
  }
}
