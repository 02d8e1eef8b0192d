/// The width of an SVMLight file, whose lines hold a label and `index:value` pairs; unnamed features are 0.
///
/// The label is column C1; feature i is column C(i + 1), as in H2O.
struct SVMLightShape {
  private static let sampledLines = 20
  /// The largest accepted index; no model has so many inputs.
  static let maximumIndex = 1_000_000

  let names: [String]
  let kinds: [ColumnBuilder.Kind]

  /// - `largestIndex`: The largest index of a feature.
  init(options: ReadOptions, largestIndex: Int) {
    names = (1...largestIndex + 1).map { "C\($0)" }
    kinds = names.enumerated().map { index, name in
      switch options.kind(of: name) {
      case .number?, .sparse?, nil: index == 0 ? .number : .sparse
      case let declared?: declared
      }
    }
  }

  /// Returns true if the first lines hold a number followed by pairs, and at least one line has pairs.
  static func recognises(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
    var lines = TextLines(head)
    var (pairs, count) = (0, 0)
    while count < sampledLines, let line = lines.next() {
      let words = SVMLightLine.words(line)
      if words.isEmpty { continue }
      // The last sampled line may be cut off.
      if lines.position >= head.count, count > 0 { break }
      count += 1
      guard Double(words[0]) != nil else { return false }
      guard words.dropFirst().allSatisfy({ $0.contains(":") && !$0.hasPrefix(":") && $0.first != "\"" }) else {
        return false
      }
      guard words.count == 1 || Int(words[1].prefix { $0 != ":" }) != nil || words[1].hasPrefix("qid:") else {
        return false
      }
      pairs += words.count - 1
    }
    return pairs > 0
  }

  /// Returns the largest index in all blocks, and rewinds them.
  static func largestIndex(_ blocks: TextBlocks) throws(FrameError) -> Int {
    var largest = 0
    while let block = try blocks.next(nil) { largest = max(largest, largestIndex(block.bytes)) }
    blocks.rewind()
    return largest
  }

  /// Returns the largest index in a text.
  static func largestIndex(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var largest = 0
    var lines = SVMLightLines(bytes)
    while lines.next() {
      for word in lines.words.dropFirst() {
        if let index = lines.pair(word)?.index, index <= maximumIndex { largest = max(largest, index) }
      }
    }
    return largest
  }
}

enum SVMLightLine {
  /// Returns the words of a line up to its comment.
  static func words(_ line: Substring) -> [Substring] {
    line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
  }
}
