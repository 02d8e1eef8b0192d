internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Jobs

/// A job file from the command line.
struct JobFileArgument {
  let path: String
  let bytes: [UInt8]
  let job: JobFile

  /// Reads and checks the file.
  init(_ path: String, fileSystem: FileSystem) throws {
    self.path = path
    bytes = try fileSystem.read(path, limit: DocumentReader.maximumBytes + 1)
    job = try JobFileReader.read(bytes, file: path)
  }

  /// Reads the file and returns it with every fault found; the job has its valid keys.
  ///
  /// - Throws: ``DocumentError`` for a file that has no keys, or `FileSystemError`.
  static func checked(
    _ path: String, fileSystem: FileSystem
  ) throws -> (argument: JobFileArgument, faults: [DocumentFault]) {
    let bytes = try fileSystem.read(path, limit: DocumentReader.maximumBytes + 1)
    let (job, faults) = try JobFileReader.check(bytes, file: path)
    return (JobFileArgument(path: path, bytes: bytes, job: job), faults)
  }

  private init(path: String, bytes: [UInt8], job: JobFile) {
    self.path = path
    self.bytes = bytes
    self.job = job
  }

  /// The files that the job names, relative to the folder of the job file.
  var files: NamedFiles { NamedFiles(frame: path(of:), model: path(of:), export: path(of:)) }

  /// Returns the path of a file that the job names, relative to the folder of the job file.
  func path(of name: String) -> String {
    let path = name.hasPrefix("/") ? name : "\(Paths.folder(of: self.path))/\(name)"
    return Paths.resolved(path) ?? path
  }

  /// The job's name: the file name without extension.
  var name: String { Paths.stem(of: path) }
}
