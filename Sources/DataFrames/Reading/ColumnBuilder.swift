/// Collects the fields of one column in one block of text, and widens its storage as values demand.
///
/// Each row is written once, in order. Not Sendable: one thread writes.
final class ColumnBuilder {
  /// The type that fields are read as.
  enum Kind: Sendable {
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
  }

  let kind: Kind
  private let capacity: Int
  /// Numbers, or level codes.
  private(set) var storage: Storage
  private(set) var missing = RowSet()
  /// The number of fields in a numeric column that are neither numbers nor missing.
  private(set) var misfitCount = 0
  /// The first such field; lines count from the start of the block.
  private(set) var firstMisfit: (line: Int, text: String)?
  private var table = LevelTable()
  /// Quoted levels with doubled quotes, whose text differs from the bytes of the block.
  private var unescaped: [AlignedText] = []
  private(set) var texts: [String] = []
  /// The levels, once the block is read.
  private(set) var levels: [String] = []

  private var ownsStorage: Bool

  /// Creates a builder for `capacity` rows.
  ///
  /// `bytes` has room for that many numbers while all of them fit in a byte, and outlives the builder.
  init(kind: Kind, capacity: Int, bytes: UnsafeMutablePointer<UInt8>) {
    self.kind = kind
    self.capacity = capacity
    ownsStorage = kind == .level
    storage = kind == .level ? .integers(.allocate(capacity: capacity)) : .bytes(bytes)
  }

  deinit { free() }

  private func free() {
    guard ownsStorage else { return }
    switch storage {
    case .bytes(let numbers): numbers.deallocate()
    case .shorts(let numbers): numbers.deallocate()
    case .integers(let numbers): numbers.deallocate()
    case .doubles(let numbers): numbers.deallocate()
    }
  }

  func setMissing(_ row: Int) {
    missing.insert(row)
    switch kind {
    case .number, .time: set(row, integer: 0)
    case .level: setCode(row, 0)
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

  func setMisfit(_ row: Int, line: Int, text: String) {
    misfitCount += 1
    if firstMisfit == nil { firstMisfit = (line, text) }
    setMissing(row)
  }

  /// Sets a level whose `count` bytes stay in place while the block is read.
  func set(_ row: Int, level start: UnsafePointer<UInt8>, count: Int) {
    setCode(row, table.code(start, count: count))
  }

  /// Sets a level whose text differs from the bytes of the block.
  func set(_ row: Int, level: String) {
    let text = AlignedText(level)
    unescaped.append(text)
    setCode(row, table.code(text.start, count: text.count))
  }

  func append(text: String) { texts.append(text) }

  private func setCode(_ row: Int, _ code: Int32) {
    if case .integers(let codes) = storage { codes[row] = code }
  }

  /// Turns the levels into strings; afterwards the block is no longer needed.
  func finish() {
    levels = table.texts
    table = LevelTable()
    unescaped = []
  }

  private func widenToShorts(_ rows: Int) {
    guard case .bytes(let bytes) = storage else { return }
    let shorts = UnsafeMutablePointer<Int16>.allocate(capacity: capacity)
    for row in 0..<rows { shorts[row] = Int16(bytes[row]) }
    replace(.shorts(shorts))
  }

  private func widenToIntegers(_ rows: Int) {
    let integers = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
    switch storage {
    case .bytes(let bytes): for row in 0..<rows { integers[row] = Int32(bytes[row]) }
    case .shorts(let shorts): for row in 0..<rows { integers[row] = Int32(shorts[row]) }
    case .integers, .doubles: break
    }
    replace(.integers(integers))
  }

  private func widenToDoubles(_ rows: Int) {
    let doubles = UnsafeMutablePointer<Double>.allocate(capacity: capacity)
    switch storage {
    case .bytes(let bytes): for row in 0..<rows { doubles[row] = Double(bytes[row]) }
    case .shorts(let shorts): for row in 0..<rows { doubles[row] = Double(shorts[row]) }
    case .integers(let integers): for row in 0..<rows { doubles[row] = Double(integers[row]) }
    case .doubles: break
    }
    replace(.doubles(doubles))
  }

  private func replace(_ wider: Storage) {
    free()
    storage = wider
    ownsStorage = true
  }
}

/// A text at a fixed address.
private final class AlignedText {
  let start: UnsafeMutablePointer<UInt8>
  let count: Int

  init(_ text: String) {
    count = text.utf8.count
    start = .allocate(capacity: max(1, count))
    for (index, byte) in text.utf8.enumerated() { start[index] = byte }
  }

  deinit { start.deallocate() }
}
