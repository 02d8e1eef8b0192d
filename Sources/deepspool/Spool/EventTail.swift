internal import DurableFiles
internal import Glibc
internal import JobEvents

/// Reads the lines that are added to the events of a job, wherever its folder moves.
struct EventTail {
  private static let pieceBytes = 1 << 16

  private var offset = 0
  /// The beginning of a line that is not complete yet.
  private var rest: [UInt8] = []

  /// Returns the complete lines that were added since the last call.
  ///
  /// - `folder`: The folder of the job.
  mutating func newLines(in folder: String) -> [String] {
    let added = Self.bytes(of: "\(folder)/\(JobFolderLayout.eventsFile)", from: offset)
    offset += added.count
    var lines = (rest + added).split(separator: MessageLine.end, omittingEmptySubsequences: false)
    rest = Array(lines.popLast() ?? [])
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Returns the bytes of a file from an offset on; none if there is no file.
  private static func bytes(of path: String, from offset: Int) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: pieceBytes)
    while true {
      let count = pread(descriptor, &piece, piece.count, off_t(offset + bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes.append(contentsOf: piece.prefix(count))
    }
  }
}
