internal import Documents
internal import DurableFiles
internal import JobFiles

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

  /// The job's name: the file name without extension.
  var name: String { Paths.stem(of: path) }
}
