import ArgumentParser
internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Wording

/// Validates job files without running them.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks job files and prints all errors with file, line and column.")

  @Argument(help: "Job files to check.")
  var jobs: [String]

  @Flag(help: "Print the errors as JSON.")
  var json = false

  func run() async throws {
    try await CommandFailure.reporting {
      var faults: [DocumentFault] = []
      for path in jobs {
        do {
          _ = try JobFileArgument(path, fileSystem: FileSystem())
        } catch let error as DocumentError {
          faults += error.faults
        }
      }
      if json {
        print(JSONValue.array(faults.map(Self.object)).pretty())
      } else {
        for fault in faults { Terminal.note(fault.description) }
        if faults.isEmpty { print("OK: \(NumberText.count(jobs.count, "file"))") }
      }
      if !faults.isEmpty { throw ExitCode(CommandFailure.Status.badData.rawValue) }
    }
  }

  private static func object(_ fault: DocumentFault) -> JSONValue {
    .object([
      ("file", .string(fault.location.file)), ("line", .int(fault.location.line)),
      ("column", .int(fault.location.column)), ("message", .string(fault.message)),
    ])
  }
}
