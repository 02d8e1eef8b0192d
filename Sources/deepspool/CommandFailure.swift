internal import ArgumentParser
internal import DataFrames
internal import Documents
internal import DurableFiles
internal import Glibc
internal import JobEvents
internal import JobFiles
internal import Jobs

/// An error that ends a command with a message on standard error and an exit status of sysexits(3).
struct CommandFailure: Error {
  enum Status: Int32 {
    /// The arguments contradict each other, which only the files show.
    case usage = 64
    case badData = 65
    case noInput = 66
    case daemonNotRunning = 69
    case ourFault = 70
    case cannotWrite = 73
    case tryAgain = 75
  }

  /// The form of messages.
  enum Form {
    case text
    /// One line of JSON, for commands with --json.
    case json

    init(json: Bool) { self = json ? .json : .text }
  }

  let status: Status
  let message: String
  /// The faults of a job file, each with its place.
  private var faults: [DocumentFault] = []

  init(_ status: Status, _ message: String) {
    self.status = status
    self.message = message
  }

  /// Creates a failure from any error; the status tells the user who must act.
  ///
  /// `keys`: Where the user states the keys that messages about tables advise.
  init(_ error: any Error, keys: KeyPlace = .jobFile) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as DocumentError:
      self.init(.badData, error.description)
      faults = error.faults
    case let error as FileSystemError where error.isNotFound && !error.isOfCreation:
      self.init(.noInput, error.description)
    case let error as FileSystemError where error.isOfReading:
      self.init(.badData, error.description)
    case let error as FileSystemError: self.init(.cannotWrite, error.description)
    case FrameError.missing: self.init(.noInput, "\(error)")
    case let error as FrameError: self.init(JobFailure(error), error.description(for: keys))
    default:
      let failure = JobFailure(error)
      self.init(failure, failure.description)
    }
  }

  private init(_ failure: JobFailure, _ message: String) {
    let status: Status
    switch failure.cause {
    case .job, .training: status = .badData
    case .inputs: status = .tryAgain
    case .environment: status = .cannotWrite
    case .program: status = .ourFault
    }
    self.init(status, message)
    faults = failure.faults
  }

  /// The failure as JSON: `{"status": 65, "error": "...", "faults": [...]}`.
  var json: JSONValue {
    .object([
      ("status", .int(Int(status.rawValue))), ("error", .string(message)),
      ("faults", .array(faults.map(\.json))),
    ])
  }

  /// Runs `body` and turns its error into a message and an exit status.
  ///
  /// `keys`: Where the user states the keys that messages about tables advise.
  static func reporting(_ form: Form = .text, keys: KeyPlace = .jobFile, _ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let code as ExitCode {
      throw code
    } catch {
      let failure = CommandFailure(error, keys: keys)
      switch form {
      case .text: Terminal.note(failure.message)
      case .json: Terminal.noteJSON(failure.json.line)
      }
      throw ExitCode(failure.status.rawValue)
    }
  }
}

extension DocumentFault {
  /// The fault with its place.
  var json: JSONValue {
    .object([
      ("file", .string(location.file)), ("line", .int(location.line)), ("column", .int(location.column)),
      ("message", .string(message)),
    ])
  }
}
