/// A buffer that assembles lines from the pieces that a pipe delivers.
package struct LineBuffer: Sendable {
  private var bytes: [UInt8] = []

  package init() {}

  /// Returns the lines that `piece` completes, without line ends; nil if a line exceeds the size of
  /// any message.
  package mutating func add(_ piece: some Collection<UInt8>) -> [[UInt8]]? {
    var lines: [[UInt8]] = []
    var rest = piece[...]
    while let end = rest.firstIndex(of: MessageLine.end) {
      lines.append(bytes + rest[..<end])
      bytes = []
      rest = rest[rest.index(after: end)...]
    }
    bytes += rest
    return bytes.count <= MessageLine.maximumBytes ? lines : nil
  }
}
