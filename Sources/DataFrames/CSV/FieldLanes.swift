/// Reads the frequent fields of a block in place: numbers of few digits, times in ISO notation, plain texts.
///
/// ``CSVScanner`` and ``NumberParser`` come to the same values. They take all other fields.
struct FieldLanes {
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let blank = UInt8(ascii: " ")
  private static let quote = UInt8(ascii: "\"")
  private static let powers: [Double] = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

  /// The place of a field.
  struct Place {
    var position: Int
    var row: Int
    var column = 0
    /// The lines that end before the position.
    var lines = 0
  }

  let bytes: UnsafeBufferPointer<UInt8>
  let start: UnsafePointer<UInt8>
  let syntax: CSVSyntax
  let columnCount: Int
  let fields: BlockFields
  /// The position of lines behind the table; the size of the block without such.
  let footer: Int
  private let separator: UInt8
  private let joinsBlanks: Bool
  private let comment: UInt8
  private let ends: FieldEnds
  /// False if blanks both surround and separate fields.
  private let takesTexts: Bool
  /// By column; the last element reads nothing, so that lines with too many fields are counted elsewhere.
  private let lanes: UnsafeMutablePointer<FieldLane>

  /// Call ``deallocate()`` afterwards.
  init(_ block: TextBlock, syntax: CSVSyntax, columnCount: Int, fields: BlockFields, footer: Int) {
    bytes = block.bytes
    start = UnsafePointer(block.start)
    (self.syntax, self.columnCount, self.fields, self.footer) = (syntax, columnCount, fields, footer)
    (separator, joinsBlanks, comment) = (syntax.separator, syntax.joinsBlanks, syntax.comment ?? 0)
    ends = FieldEnds(separator: separator)
    takesTexts = separator != Self.blank
    lanes = .allocate(capacity: columnCount + 1)
    for column in 0..<columnCount { (lanes + column).initialize(to: fields.lane(column, takesTexts: takesTexts)) }
    (lanes + columnCount).initialize(to: FieldLane(rows: UnsafeMutableRawPointer(block.start)))
  }

  func deallocate() { lanes.deallocate() }

  /// Looks at the storage of a column again, after another field has been stored.
  @inline(__always)
  func update(_ column: Int) { lanes[column] = fields.lane(column, takesTexts: takesTexts) }

  /// Reads fields from `place` on, which moves to the first one that takes ``CSVScanner``.
  func read(_ place: inout Place) {
    var here = place
    defer { place = here }
    while true {
      let lane = lanes[here.column]
      let field = start + here.position
      var next = 0
      switch lane.kind {
      case .none: return
      case .bytes:
        let number = Self.smallNumber(field)
        guard number.length > 0 else { break }
        lane.rows.assumingMemoryBound(to: UInt8.self)[here.row] = number.value
        next = self.next(here.position + number.length, here.column)
      case .shorts:
        guard let number = ShortNumber(field, ends: ends) else { break }
        guard number.places < 0, let value = Int16(exactly: number.digits) else { return }
        lane.rows.assumingMemoryBound(to: Int16.self)[here.row] = value
        next = self.next(here.position + number.length, here.column)
      case .integers:
        guard let number = ShortNumber(field, ends: ends) else { break }
        guard number.places < 0 else { return }
        lane.rows.assumingMemoryBound(to: Int32.self)[here.row] = Int32(truncatingIfNeeded: number.digits)
        next = self.next(here.position + number.length, here.column)
      case .scaled:
        guard let number = ShortNumber(field, ends: ends) else { break }
        guard let count = Self.count(number, places: lane.places) else { return }
        lane.rows.assumingMemoryBound(to: Int32.self)[here.row] = count
        next = self.next(here.position + number.length, here.column)
      case .doubles:
        guard let number = ShortNumber(field, ends: ends) else { break }
        lane.rows.assumingMemoryBound(to: Double.self)[here.row] =
          number.places > 0 ? Double(number.digits) / Self.powers[number.places] : Double(number.digits)
        next = self.next(here.position + number.length, here.column)
      case .days, .seconds:
        guard let time = ShortTime(field) else { break }
        let end = here.position + time.length
        guard !fields.isMissing(here.column, bytes, here.position, end) else { return }
        let count = lane.kind == .days ? time.days : 86_400 * time.days + time.seconds
        guard lane.kind == .seconds || time.seconds == 0, let count = Int32(exactly: count) else { return }
        lane.rows.assumingMemoryBound(to: Int32.self)[here.row] = count
        next = self.next(end, here.column)
      case .levels, .texts, .places:
        guard let text = text(at: here.position), text.end > text.start else { break }
        next = self.next(text.behind, here.column)
        guard next > 0 else { return }
        if fields.isMissing(here.column, bytes, text.start, text.end) {
          fields.setMissing(here.column, here.row)
        } else if lane.kind == .places {
          lane.rows.assumingMemoryBound(to: TextSpan.self)[here.row] = TextSpan(
            start: UInt32(truncatingIfNeeded: text.start), count: UInt32(truncatingIfNeeded: text.end - text.start))
        } else {
          let text = UnsafeBufferPointer(start: start + text.start, count: text.end - text.start)
          if lane.kind == .levels {
            fields.setLevel(here.column, here.row, text)
          } else {
            fields.setText(here.column, here.row, text)
          }
        }
      }
      if next == 0 {
        guard takesTexts else { return }
        next = self.next(here.position, here.column)
        guard next > 0 else { return }
        fields.setMissing(here.column, here.row)
      }
      here.position = next
      guard start[next - 1] == Self.lineFeed else {
        here.column += 1
        continue
      }
      here.row += 1
      here.column = 0
      here.lines += 1
      let first = start[next]
      // Lines without a record, and what stands behind the table.
      guard first > Self.blank, first != separator, first != comment, next < footer else { return }
    }
  }

  /// Returns the position behind the separator or line end at `end`; 0 if something else stands there.
  @inline(__always)
  private func next(_ end: Int, _ column: Int) -> Int {
    let byte = start[end]
    if byte == separator { return joinsBlanks && start[end + 1] <= Self.blank ? 0 : end + 1 }
    guard column == columnCount - 1 else { return 0 }
    if byte == Self.lineFeed { return end + 1 }
    return byte == Self.carriageReturn && start[end + 1] == Self.lineFeed ? end + 2 : 0
  }

  /// Returns the whole number below 256 at `start` and its number of digits, or 0 digits if there is none.
  @inline(__always)
  private static func smallNumber(_ start: UnsafePointer<UInt8>) -> (value: UInt8, length: Int) {
    let zero = UInt8(ascii: "0")
    let first = start[0] &- zero
    guard first < 10 else { return (0, 0) }
    let second = start[1] &- zero
    guard second < 10 else { return (first, 1) }
    // The digits of an identifier such as 007 are noted elsewhere.
    guard first > 0 else { return (0, 0) }
    let third = start[2] &- zero
    guard third < 10 else { return (first * 10 + second, 2) }
    let value = Int(first) * 100 + Int(second) * 10 + Int(third)
    return value < 256 ? (UInt8(truncatingIfNeeded: value), 3) : (0, 0)
  }

  /// Returns a number in units of a decimal place; nil if it has more places or overflows.
  @inline(__always)
  private static func count(_ number: ShortNumber, places: Int) -> Int32? {
    guard number.places != places else { return Int32(truncatingIfNeeded: number.digits) }
    let spare = places - max(0, number.places)
    guard spare >= 0 else { return nil }
    var count = number.digits
    for _ in 0..<spare { count *= 10 }
    return count == Int(Int32.min) ? nil : Int32(exactly: count)
  }

  /// Returns the range of the text in the field at `position`, and the position behind the field; nil for a field with
  /// blanks around it, quotes or line ends in it, or nothing behind it.
  @inline(__always)
  private func text(at position: Int) -> (start: Int, end: Int, behind: Int)? {
    let first = start[position]
    var end = position
    if first == Self.quote {
      guard syntax.quoteEscape == .doubled else { return nil }
      end += 1
      while end < bytes.count {
        let found = FieldEnds.quotesOrLineEnds(FieldEnds.word(start + end))
        if found != 0 {
          end += found.trailingZeroBitCount >> 3
          return start[end] == Self.quote ? (position + 1, end, end + 1) : nil
        }
        end += 8
      }
      return nil
    }
    guard first > Self.blank else { return nil }
    while end < bytes.count {
      let found = ends.ends(FieldEnds.word(start + end))
      if found != 0 {
        end += found.trailingZeroBitCount >> 3
        return end > position && start[end - 1] == Self.blank ? nil : (position, end, end)
      }
      end += 8
    }
    return nil
  }
}
