/// Puts the pieces that come through a pipe together into lines.
package struct LineBuffer: Sendable {
  private var bytes: [UInt8] = []

  package init() {}

  /// The lines that are complete with `piece`, without their ends; nil if a line is longer than any message.
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
