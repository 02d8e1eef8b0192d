import ArgumentParser
internal import DurableFiles
internal import Jobs
internal import Spooling
internal import Supervision

/// The command that inspects dropped files in a process of its own; started by the daemon only.
struct InspectorCommand: ParsableCommand {
  static let name = "inspector"
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Inspects files for the deepspoold that started this process.", shouldDisplay: false)

  /// Ample for every valid job; a file that needs more is refused.
  private static let memoryLimitBytes = 1 << 30

  /// A question of the daemon, with the settings that the answer depends on.
  struct Question: Codable, Sendable {
    let inspections: [Inspection]
    let spool: String
    let dataDirectories: [String]
    let threadsPerJob: Int
    let submitterMustRead: Bool
    let rootCountsAs: Submitter.RootIdentity
    let maximumResultBytes: Int?

    init(_ inspections: [Inspection], _ configuration: DaemonConfiguration) {
      self.inspections = inspections
      spool = configuration.spool
      dataDirectories = configuration.dataDirectories
      threadsPerJob = configuration.threadsPerJob
      submitterMustRead = configuration.submitterMustRead
      rootCountsAs = configuration.rootCountsAs
      maximumResultBytes = configuration.maximumResultBytes
    }
  }

  func run() throws {
    MemoryLimit(bytes: Self.memoryLimitBytes).enforce()
    guard HelperLink.isAsked else {
      throw ValidationError("only deepspoold starts inspectors; use 'deepspool check JOB' to check a job file")
    }
    let memory = BatchInspector.Memory()
    HelperLink.serve { (question: Question) in BatchInspector(question, memory).findings() }
  }
}
