extension UnsafeBufferPointer<UInt8> {
  /// Moves `position`, which is at the end of a line, behind the line feed, the carriage return, or both.
  func skipLineEnd(_ position: inout Int) {
    let isReturn = self[position] == UInt8(ascii: "\r")
    position += 1
    if isReturn, position < count, self[position] == UInt8(ascii: "\n") { position += 1 }
  }
}
