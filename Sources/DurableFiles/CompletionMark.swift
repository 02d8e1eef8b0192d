internal import CFiles
internal import Glibc

/// A mark with which the writer of a file states that it is complete, so that a reader who saw no event need not wait.
///
/// The mark is an extended attribute that only users who may write to the file can set. It names the size and the time
/// of the content that it holds for, so that a later change makes it invalid.
enum CompletionMark {
  private static let name = "user.deepspool.complete"
  /// Ample for a size and a time.
  private static let maximumBytes = 128

  /// Marks an open file as complete as it is now; a file system without such attributes leaves it unmarked.
  static func set(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return }
    let text = Array(content(status).utf8)
    _ = fsetxattr(descriptor, name, text, text.count, 0)
  }

  /// Returns whether a file has a mark for its present content.
  static func isSet(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let text = [UInt8](unsafeUninitializedCapacity: maximumBytes) { buffer, count in
      count = max(0, fgetxattr(descriptor, name, buffer.baseAddress, buffer.count))
    }
    // The status comes last: a file that changes meanwhile differs from its mark.
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    return text == Array(content(status).utf8)
  }

  private static func content(_ status: stat) -> String {
    "\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }
}
