/// Collects the fields of one column in one block of text, and widens its storage as values demand.
///
/// Each row is written once, in order. Not Sendable: one thread writes, and no method calls back: checks for overlapping
/// accesses would take longer than most fields.
final class ColumnBuilder {
  /// The type that fields are read as.
  enum Kind: Sendable, Hashable {
    case number
    case level
    case text
    /// Milliseconds since 1970.
    case time
    /// Mostly zeros; the other numbers are entries of the block (``BlockColumns/entries``).
    case sparse
    case skipped
  }

  /// The storage in use, from narrow to wide.
  enum Storage {
    case bytes(UnsafeMutablePointer<UInt8>)
    case shorts(UnsafeMutablePointer<Int16>)
    case integers(UnsafeMutablePointer<Int32>)
    case doubles(UnsafeMutablePointer<Double>)
    /// Whole numbers of a unit, once all rows are known.
    case scaled(UnsafeMutablePointer<Int32>, ScaledNumbers.Unit)
  }

  let kind: Kind
  private let capacity: Int
  /// Numbers, or level codes.
  @exclusivity(unchecked) private(set) var storage: Storage
  @exclusivity(unchecked) private(set) var missing = RowSet()
  /// The properties of the fields beyond their values.
  @exclusivity(unchecked) var notes = FieldNotes()
  /// The distinct texts of a column of levels; nil for other columns.
  let levels: LevelTable?
  /// The texts of a column of texts.
  @exclusivity(unchecked) private(set) var texts = PackedText()

  /// The memory of the block, which holds the narrowest storage of each of its columns.
  private let pages: Pages
  private let blockBytes: UnsafeMutablePointer<UInt8>
  /// The memory of wider storage.
  @exclusivity(unchecked) private var room: Room?

  /// Creates a builder for `capacity` rows.
  ///
  /// `bytes` has room in `pages` for that many numbers while all of them fit in a byte.
  init(kind: Kind, capacity: Int, pages: Pages, bytes: UnsafeMutablePointer<UInt8>) {
    self.pages = pages
    self.kind = kind
    self.capacity = capacity
    blockBytes = bytes
    storage = .bytes(bytes)
    levels = kind == .level ? LevelTable() : nil
  }

  /// The number of fields in a numeric column that are neither numbers nor missing.
  var misfitCount: Int { notes.misfits.count }

  func setMissing(_ row: Int) {
    missing.insert(row)
    switch kind {
    case .number, .time, .level: set(row, integer: 0)
    case .text: texts.append("")
    case .skipped, .sparse: break
    }
  }

  func set(_ row: Int, integer value: Int32) {
    switch storage {
    case .bytes(let bytes) where UInt8(exactly: value) != nil: bytes[row] = UInt8(truncatingIfNeeded: value)
    case .shorts(let shorts) where Int16(exactly: value) != nil: shorts[row] = Int16(truncatingIfNeeded: value)
    case .integers(let integers): integers[row] = value
    case .doubles(let doubles): doubles[row] = Double(value)
    case .scaled: break
    case .bytes, .shorts:
      if Int16(exactly: value) != nil { widenToShorts(row) } else { widenToIntegers(row) }
      set(row, integer: value)
    }
  }

  func set(_ row: Int, real value: Double) {
    if case .doubles(let doubles) = storage {
      doubles[row] = value
    } else {
      widenToDoubles(row)
      set(row, real: value)
    }
  }

  func setMisfit(_ row: Int, line: Int, text: @autoclosure () -> String) {
    notes.misfits.note(line: line, text: text())
    setMissing(row)
  }

  /// Sets the level of the `count` bytes at `start`.
  func set(_ row: Int, level start: UnsafePointer<UInt8>, count: Int) {
    if let levels { set(row, integer: levels.code(start, count: count)) }
  }

  /// Sets a level whose text differs from the bytes of the block.
  func set(_ row: Int, level: String) {
    var text = level
    text.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return setMissing(row) }
      set(row, level: base, count: bytes.count)
    }
  }

  func append(text: String) { texts.append(text) }

  /// Appends the bytes of a field, in its encoding.
  func append(text: UnsafeBufferPointer<UInt8>) { texts.append(text) }

  /// Stores real numbers and times as whole numbers of a unit, in half of the space, if one unit fits all.
  func compact(rowCount: Int) {
    guard case .doubles(let doubles) = storage, rowCount > 0 else { return }
    if let numbers = CompactNumbers(doubles, rowCount: rowCount, isTime: kind == .time) {
      replace(numbers.storage, numbers.room)
    }
  }

  /// Frees the values.
  func discard() {
    storage = .bytes(blockBytes)
    room = nil
    levels?.removeAll()
    texts = PackedText()
  }

  private func widenToShorts(_ rows: Int) {
    guard case .bytes(let bytes) = storage else { return }
    let wider = Room(byteCount: capacity * MemoryLayout<Int16>.stride)
    let shorts = wider.start.bindMemory(to: Int16.self, capacity: capacity)
    for row in 0..<rows { shorts[row] = Int16(bytes[row]) }
    replace(.shorts(shorts), wider)
  }

  private func widenToIntegers(_ rows: Int) {
    let wider = Room(byteCount: capacity * MemoryLayout<Int32>.stride)
    let integers = wider.start.bindMemory(to: Int32.self, capacity: capacity)
    switch storage {
    case .bytes(let bytes): for row in 0..<rows { integers[row] = Int32(bytes[row]) }
    case .shorts(let shorts): for row in 0..<rows { integers[row] = Int32(shorts[row]) }
    case .integers, .doubles, .scaled: break
    }
    replace(.integers(integers), wider)
  }

  private func widenToDoubles(_ rows: Int) {
    let wider = Room(byteCount: capacity * MemoryLayout<Double>.stride)
    let doubles = wider.start.bindMemory(to: Double.self, capacity: capacity)
    switch storage {
    case .bytes(let bytes): for row in 0..<rows { doubles[row] = Double(bytes[row]) }
    case .shorts(let shorts): for row in 0..<rows { doubles[row] = Double(shorts[row]) }
    case .integers(let integers): for row in 0..<rows { doubles[row] = Double(integers[row]) }
    case .doubles, .scaled: break
    }
    replace(.doubles(doubles), wider)
  }

  private func replace(_ wider: Storage, _ owner: Room) {
    storage = wider
    room = owner
  }
}
