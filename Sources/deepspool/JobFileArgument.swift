internal import Documents
internal import DurableFiles
internal import Glibc
internal import JobFiles
internal import Jobs

/// A job file from the command line.
struct JobFileArgument {
  /// The argument that means standard input.
  static let standardInput = "-"

  let path: String
  let bytes: [UInt8]
  let job: JobFile

  /// Reads and checks the file.
  init(_ path: String, fileSystem: FileSystem) throws {
    self.path = path
    bytes = try Self.bytes(of: path, fileSystem: fileSystem)
    job = try JobFileReader.read(bytes, file: Self.title(of: path))
  }

  /// Reads the file and returns it with every fault found; the job has its valid keys.
  ///
  /// - Throws: ``DocumentError`` for a file that has no keys, or `FileSystemError`.
  static func checked(
    _ path: String, fileSystem: FileSystem
  ) throws -> (argument: JobFileArgument, faults: [DocumentFault]) {
    let bytes = try bytes(of: path, fileSystem: fileSystem)
    let (job, faults) = try JobFileReader.check(bytes, file: title(of: path))
    return (JobFileArgument(path: path, bytes: bytes, job: job), faults)
  }

  private init(path: String, bytes: [UInt8], job: JobFile) {
    self.path = path
    self.bytes = bytes
    self.job = job
  }

  /// Returns the content of a job file, or of standard input; a file that is too long is cut behind the limit.
  ///
  /// - Throws: ``CommandFailure`` that says what the path leads to if it is no job file.
  static func bytes(of path: String, fileSystem: FileSystem) throws(CommandFailure) -> [UInt8] {
    let limit = DocumentReader.maximumBytes + 1
    guard path == standardInput else {
      do throws(FileSystemError) {
        return try fileSystem.read(path, limit: limit)
      } catch {
        throw failure(error, path, fileSystem)
      }
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw CommandFailure(FileSystemError(operation: "read", path: "standard input", code: errno))
      }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  /// Returns the failure to read a job file.
  private static func failure(_ error: FileSystemError, _ path: String, _ fileSystem: FileSystem) -> CommandFailure {
    let kind = Paths.resolved(path).flatMap { try? fileSystem.status($0) }?.kind
    // A long table is told from a job file by its name.
    if kind != nil, let fault = MistakenTable.fault([], file: path) {
      return CommandFailure(.badData, fault.description)
    }
    switch kind {
    case .folder: return CommandFailure(.badData, "'\(path)' is a folder; name a job file")
    case .other:
      return CommandFailure(
        .badData, "'\(path)' is not a regular file; name a job file, or give the job on standard input with '-'")
    case .file, .link, nil: return CommandFailure(error)
    }
  }

  /// The files that the job names, relative to the folder of the job file.
  var files: NamedFiles { NamedFiles(in: Paths.folder(of: path)) }

  /// Returns the path of a file that the job names, relative to the folder of the job file.
  func path(of name: String) -> String { NamedFiles.path(of: name, in: Paths.folder(of: path)) }

  /// The job's name: the file name without extension.
  var name: String { path == Self.standardInput ? Self.standardInputName : Paths.stem(of: path) }

  /// The origin of the job for its pages.
  var source: JobRequest.Source { fileName.map { .file($0) } ?? .standardInput }

  /// The name of the job file in its folder; nil for standard input.
  var fileName: String? { path == Self.standardInput ? nil : Paths.name(of: path) }

  /// The name of a job that is read from standard input.
  static let standardInputName = "stdin"

  /// Returns the name of a job file in messages.
  static func title(of path: String) -> String { path == standardInput ? "standard input" : path }
}
