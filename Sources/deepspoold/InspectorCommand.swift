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

  func run() throws {
    MemoryLimit(bytes: Self.memoryLimitBytes).enforce()
    let fingerprints = FileFingerprint.Memory()
    let answered = HelperLink.serve { (question: InspectorQuestion) -> Inspection.Finding in
      JobInspector(
        SpoolDirectory(SpoolLayout(root: question.spool), fileSystem: FileSystem()),
        checks: question.checks(fingerprints)
      ).inspect(question.inspection)
    }
    guard answered > 0 else {
      throw ValidationError("only deepspoold starts inspectors; use 'deepspool check JOB' to check a job file")
    }
  }
}
