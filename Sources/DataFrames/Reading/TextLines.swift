/// The lines of a text, without surrounding blanks.
struct TextLines {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The position after the line returned last.
  private(set) var position = 0
  private var lineStart = 0
  /// The number of that line, counted from 1.
  private(set) var number = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  mutating func next() -> Substring? {
    guard position < bytes.count else { return nil }
    let start = position
    lineStart = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") {
      position += 1
    }
    let line = CSVScanner.text(UnsafeBufferPointer(rebasing: bytes[start..<position]))
    if position < bytes.count { bytes.skipLineEnd(&position) }
    number += 1
    var text = Substring(line)
    if text.first == "\u{FEFF}" { text.removeFirst() }
    text = text.drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// Returns the position behind `word`, with which the line returned last begins.
  func end(of word: String) -> Int {
    var start = lineStart
    while start < position, bytes[start] <= UInt8(ascii: " ") { start += 1 }
    return min(position, start + word.utf8.count)
  }
}
