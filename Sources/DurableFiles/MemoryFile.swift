internal import CFiles
internal import Glibc

/// A file in memory without a name in the file system: a copy of a pipe or device, or a text for a program to read.
package final class MemoryFile {
  private static let blockBytes = 1 << 20

  private let descriptor: Int32

  /// The path of the copy, as long as this object lives.
  package var path: String { "/proc/self/fd/\(descriptor)" }

  /// Returns whether a path can be read only once: a pipe, a socket, a device, or `-` for standard input.
  package static func isNeeded(for path: String) -> Bool {
    guard path != "-" else { return true }
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return [S_IFIFO, S_IFCHR, S_IFSOCK].contains(status.st_mode & S_IFMT)
  }

  /// Reads `path`, or standard input for `-`, to its end.
  ///
  /// - Throws: ``FileSystemError``.
  package init(copying path: String) throws(FileSystemError) {
    descriptor = cfiles_memory_file()
    guard descriptor >= 0 else { throw FileSystemError(operation: "copy", path: path, code: errno) }
    let source = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw FileSystemError(operation: FileSystemError.opening, path: path, code: errno) }
    defer { if path != "-" { close(source) } }
    var block = [UInt8](repeating: 0, count: Self.blockBytes)
    while true {
      let count = read(source, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileSystemError(operation: "read", path: path, code: errno) }
      guard count > 0 else { return }
      try append(block[..<count], of: path)
    }
  }

  /// Holds a text.
  ///
  /// - Throws: ``FileSystemError``.
  package init(_ bytes: [UInt8]) throws(FileSystemError) {
    descriptor = cfiles_memory_file()
    guard descriptor >= 0 else { throw FileSystemError(operation: "create", path: Self.title, code: errno) }
    try append(bytes[...], of: Self.title)
  }

  private static let title = "file in memory"

  deinit { if descriptor >= 0 { close(descriptor) } }

  private func append(_ bytes: ArraySlice<UInt8>, of path: String) throws(FileSystemError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileSystemError(operation: "copy", path: path, code: errno) }
      rest = rest.dropFirst(count)
    }
  }
}
