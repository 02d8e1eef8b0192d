/// The width of an SVMLight file, whose lines hold a label and `index:value` pairs; unnamed features are 0.
///
/// The label is column C1. The first feature is column C2, as in H2O, whether it has index 1 or 0.
struct SVMLightShape {
  private static let sampledLines = 200
  /// The largest accepted index; no model has so many inputs.
  static let maximumIndex = 1_000_000

  let names: [String]
  let kinds: [ColumnBuilder.Kind]

  /// The index of the first feature.
  let firstIndex: Int
  var encoding = TableLayout.Encoding.utf8

  /// - `indexes`: The smallest and largest index of a feature.
  init(options: ReadOptions, indexes: Indexes) {
    // H2O counts from 1.
    let guess = indexes.smallest == 0 && options.rules.types == .byEvidence ? 0 : 1
    firstIndex = options.indexBase ?? guess
    names = (1...max(1, indexes.largest + 2 - firstIndex)).map { "C\($0)" }
    kinds = names.enumerated().map { index, name in
      switch options.kind(of: name) {
      case .number?, .sparse?, nil: index == 0 ? .number : .sparse
      case let declared?: declared
      }
    }
  }

  /// The smallest and largest index of the features of a text.
  struct Indexes: Equatable {
    var smallest = Int.max
    /// 0 if there is no feature.
    var largest = 0

    mutating func take(_ index: Int) {
      smallest = min(smallest, index)
      if index <= maximumIndex { largest = max(largest, index) }
    }
  }

  /// Returns true if the first lines hold a label followed by pairs, and at least one line has pairs.
  ///
  /// A label that is not a number is recognised too, so that its line can be named.
  static func recognises(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
    var lines = SVMLightLines(head)
    var (pairs, count, oddLabels) = (0, 0, 0)
    var hasFeatureLikePair = false
    var (widths, areTimes) = (Set<Int>(), true)
    while count < sampledLines || (pairs == 0 && oddLabels == 0), lines.next() {
      guard let first = lines.words.first else { continue }
      let label = lines.text(first)
      // The last sampled line may be cut off.
      if lines.position >= head.count, head.count >= TextBlocks.blockBytes, count > 0 { break }
      count += 1
      let isPair = lines.isPair(first)
      if Double(label) == nil { oddLabels += 1 }
      guard isPair || Double(label) != nil || label.allSatisfy({ $0.isLetter || $0.isNumber || "_+-.".contains($0) })
      else { return false }
      let features = lines.words.dropFirst()
      guard features.allSatisfy({ lines.isPair($0) || (lines.isQuery($0) && $0.count > 4) }) else { return false }
      let rest = features.map(lines.text)
      pairs += rest.count
      widths.insert(rest.count)
      areTimes = areTimes && rest.allSatisfy(isTime)
      // A time such as 10:30 looks like a pair too.
      if rest.count > 1 || rest.contains(where: { $0.hasPrefix("0:") || $0.hasPrefix("1:") || $0.contains(".") }) {
        hasFeatureLikePair = true
      }
    }
    // Columns of times, such as `5 10:30 11:45`.
    if areTimes, widths.count == 1 { return false }
    return pairs > 0 && (oddLabels == 0 || hasFeatureLikePair)
  }

  /// Returns the indexes in all blocks, and rewinds them.
  static func indexes(_ blocks: TextBlocks) throws(FrameError) -> Indexes {
    var indexes = Indexes()
    while let block = try blocks.next(nil) { take(block.bytes, &indexes) }
    blocks.rewind()
    return indexes
  }

  /// Returns the indexes in a text.
  static func indexes(_ bytes: UnsafeBufferPointer<UInt8>) -> Indexes {
    var indexes = Indexes()
    take(bytes, &indexes)
    return indexes
  }

  private static func take(_ bytes: UnsafeBufferPointer<UInt8>, _ indexes: inout Indexes) {
    var lines = SVMLightLines(bytes)
    while lines.next() {
      for word in lines.words.dropFirst() { if let index = lines.pair(word)?.index { indexes.take(index) } }
    }
  }

  /// Returns true for an hour and a minute of two digits, such as 10:30.
  private static func isTime(_ word: String) -> Bool {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]) else {
      return false
    }
    return hour < 24 && minute < 60
  }
}
