internal import DurableFiles

/// A file that a user names for the output of a command; it appears when it is complete, and the umask decides who may
/// read it.
enum UserFile {
  /// Makes files and folders for the user of the command line.
  static let fileSystem = FileSystem(permissions: .umask)

  /// Returns a writer of a file.
  ///
  /// - Throws: ``CommandFailure`` if something else than a file has the name, or `FileSystemError`.
  static func writer(_ path: String) throws -> FileWriter { try fileSystem.writer(place(path)) }

  static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  static func write(_ bytes: [UInt8], to path: String) throws { try fileSystem.write(bytes, to: place(path)) }

  /// Returns where the file goes: to the end of a symbolic link.
  ///
  /// A complete file replaces what has its name, which must not happen to a device such as /dev/null.
  private static func place(_ path: String) throws(CommandFailure) -> String {
    let place = Paths.linkTarget(path) ?? path
    switch (try? fileSystem.status(place))?.kind {
    case .file, nil: return place
    case .folder: throw CommandFailure(.cannotWrite, "cannot write '\(path)': it is a folder; name a file in it")
    case .link: throw CommandFailure(.cannotWrite, "cannot write '\(path)': it is a symbolic link that leads nowhere")
    case .other:
      throw CommandFailure(
        .cannotWrite,
        "cannot write '\(path)': it is not a regular file; for a device or pipe, redirect standard output")
    }
  }
}
