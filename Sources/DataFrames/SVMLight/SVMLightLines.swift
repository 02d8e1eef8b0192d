/// The lines of an SVMLight text as words, without comments.
struct SVMLightLines {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The position behind the line read last.
  private(set) var position = 0
  /// The number of the line read last, counted from 1.
  private(set) var number = 0
  /// The positions of its words.
  private(set) var words: [Range<Int>] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Reads the next line; returns false at the end.
  mutating func next() -> Bool {
    guard position < bytes.count else { return false }
    words.removeAll(keepingCapacity: true)
    var start: Int?
    var isComment = false
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n"), bytes[position] != UInt8(ascii: "\r") {
      let byte = bytes[position]
      if byte == UInt8(ascii: "#") { isComment = true }
      if let first = start, byte <= UInt8(ascii: " ") || isComment {
        words.append(first..<position)
        start = nil
      } else if start == nil, byte > UInt8(ascii: " "), !isComment {
        start = position
      }
      position += 1
    }
    if let start { words.append(start..<position) }
    if position < bytes.count { bytes.skipLineEnd(&position) }
    number += 1
    return true
  }

  func text(_ word: Range<Int>) -> String { CSVScanner.text(UnsafeBufferPointer(rebasing: bytes[word])) }

  func number(_ word: Range<Int>) -> Double? {
    switch NumberParser.parse(bytes, word.lowerBound, word.upperBound) {
    case .integer(let integer): Double(integer)
    case .real(let real): real
    case nil: nil
    }
  }

  /// Splits `index:value` into the index and the position of the value; nil without an index.
  func pair(_ word: Range<Int>) -> (index: Int, value: Range<Int>)? {
    var index = 0
    var place = word.lowerBound
    while place < word.upperBound, bytes[place] >= 48, bytes[place] <= 57 {
      // Larger indexes are refused anyway.
      index = min(index * 10 + Int(bytes[place]) - 48, Int(Int32.max))
      place += 1
    }
    guard place > word.lowerBound, place < word.upperBound, bytes[place] == UInt8(ascii: ":") else { return nil }
    return (index, place + 1..<word.upperBound)
  }

  /// Returns true for digits, a colon and more, as long as no second colon makes it a time.
  func isPair(_ word: Range<Int>) -> Bool {
    pair(word).map { !bytes[$0.value].contains(UInt8(ascii: ":")) } ?? false
  }

  /// Returns true if the word names the query of the row, which is ignored.
  func isQuery(_ word: Range<Int>) -> Bool { bytes[word].starts(with: "qid:".utf8) }
}
