internal import CArchive
internal import Glibc

/// A file of a table, opened once; it is closed with the last reference.
///
/// `@unchecked Sendable`: its properties do not change, and several threads may read at offsets.
final class TableFile: @unchecked Sendable {
  /// The size of ``head`` if the file is not shorter.
  static let headBytes = 4096

  let path: String
  /// The name of the file in messages.
  let name: String
  let descriptor: Int32
  /// The size of the file on disk.
  let byteCount: Int
  /// False for a pipe, which can be read only once and in order.
  let isRegular: Bool
  /// The first bytes as they are stored; empty for pipes.
  let head: [UInt8]

  /// Opens the file at `path`, which messages call `name`.
  ///
  /// - `opener`: How the file is opened, unless it may be a pipe.
  /// - `takesPipes`: Also accepts pipes, and `-` for standard input.
  /// - Throws: ``FrameError/unreadable(path:reason:)``, also for directories, and for devices and
  ///   pipes that are not taken.
  init(_ path: String, name: String, opener: TableOpener = .process, takesPipes: Bool = false) throws(FrameError) {
    self.path = path
    self.name = name
    if takesPipes {
      descriptor = path == "-" ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    } else {
      descriptor = opener.open(path, .file)
    }
    // An opener returns the negated error number.
    let failure = takesPipes ? errno : -descriptor
    var status = stat()
    let isKnown = descriptor >= 0 && fstat(descriptor, &status) == 0
    let kind = status.st_mode & S_IFMT
    isRegular = kind == S_IFREG
    byteCount = isKnown ? Int(status.st_size) : 0
    head = isKnown && kind == S_IFREG ? Self.head(descriptor) : []
    // All properties are set from here on, so that `deinit` closes the file if the initialiser throws.
    guard descriptor >= 0 else {
      switch failure {
      case EAGAIN: throw .inUse(path: name)
      case ENOENT: throw .missing(path: name, nearest: NearFile.name(of: path, named: name, opener))
      case EINVAL: throw .unreadable(path: name, reason: "it is not a regular file")
      default: throw .unreadable(path: name, reason: String(cString: strerror(failure)))
      }
    }
    guard isRegular || (takesPipes && (kind == S_IFIFO || kind == S_IFCHR || kind == S_IFSOCK)) else {
      throw .unreadable(path: name, reason: "it is not a regular file")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func head(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: headBytes) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
    }
  }

  /// Fills `target` with the bytes at `offset`.
  ///
  /// - Throws: ``FrameError/unreadable(path:reason:)`` if the file ends before.
  func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(FrameError) {
    var filled = 0
    while filled < target.count, let start = target.baseAddress {
      let count = pread(descriptor, start + filled, target.count - filled, off_t(offset + filled))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw .unreadable(path: name, reason: count < 0 ? String(cString: strerror(errno)) : "the file is cut off")
      }
      filled += count
    }
  }
}
