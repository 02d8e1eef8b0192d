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
    /// Reals or times as whole numbers of a unit, as long as one unit fits all of them.
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
  /// The same, without the reference counting that each field would take.
  private let levelReference: Unmanaged<LevelTable>?
  /// The texts of a column of texts, once all rows are known.
  @exclusivity(unchecked) private(set) var texts = PackedText()
  private let writer: TextWriter?

  /// The memory of the block, which holds the narrowest storage of each of its columns.
  private var pages: Pages?
  private let blockBytes: UnsafeMutablePointer<UInt8>
  /// The memory of wider storage.
  @exclusivity(unchecked) private var room: Room?
  /// The file that has the values instead of memory.
  private var scratch: ScratchFile?

  /// Creates a builder for `capacity` rows.
  ///
  /// - Parameters:
  ///   - kind: The type that fields are read as.
  ///   - capacity: The most rows.
  ///   - pages: The memory of the block.
  ///   - bytes: Room in `pages` for as many numbers while all of them fit in a byte.
  ///   - textBytes: The expected size of the texts of a column of texts.
  ///   - block: The block in which such texts stand, if it is UTF-8.
  init(
    kind: Kind, capacity: Int, pages: Pages, bytes: UnsafeMutablePointer<UInt8>, textBytes: Int = 0,
    block: TextBlock? = nil
  ) {
    self.pages = pages
    self.kind = kind
    self.capacity = capacity
    blockBytes = bytes
    storage = .bytes(bytes)
    levels = kind == .level ? LevelTable() : nil
    levelReference = levels.map(Unmanaged.passUnretained)
    writer = kind == .text ? TextWriter(rowCount: capacity, byteCount: textBytes, block: block) : nil
  }

  /// The number of fields in a numeric column that are neither numbers nor missing.
  var misfitCount: Int { notes.misfits.count }

  func setMissing(_ row: Int) {
    missing.insert(row)
    switch kind {
    case .number, .time, .level: set(row, integer: 0)
    case .text: writer?.setMissing(row)
    case .skipped, .sparse: break
    }
  }

  func set(_ row: Int, integer value: Int32) {
    switch storage {
    case .bytes(let bytes) where UInt8(exactly: value) != nil: bytes[row] = UInt8(truncatingIfNeeded: value)
    case .shorts(let shorts) where Int16(exactly: value) != nil: shorts[row] = Int16(truncatingIfNeeded: value)
    case .integers(let integers): integers[row] = value
    case .doubles(let doubles): doubles[row] = Double(value)
    case .scaled: set(row, real: Double(value))
    case .bytes, .shorts:
      if Int16(exactly: value) != nil { widenToShorts(row) } else { widenToIntegers(row) }
      set(row, integer: value)
    }
  }

  func set(_ row: Int, real value: Double) {
    switch storage {
    case .doubles(let doubles): doubles[row] = value
    case .scaled(let counts, let unit):
      if let count = unit.count(ofPositiveZero: value) {
        counts[row] = count
      } else if !refine(row, for: value) {
        widenToDoubles(row)
        set(row, real: value)
      }
    case .bytes, .shorts, .integers:
      if !widenToScaled(row) { widenToDoubles(row) }
      set(row, real: value)
    }
  }

  func setMisfit(_ row: Int, line: Int, text: @autoclosure () -> String) {
    notes.noteMisfit(line: line, text: text)
    setMissing(row)
  }

  /// Sets the level of the `count` bytes at `start`.
  func set(_ row: Int, level start: UnsafePointer<UInt8>, count: Int) {
    guard let levelReference else { return }
    set(row, integer: levelReference._withUnsafeGuaranteedRef { $0.code(start, count: count) })
  }

  /// Sets a level whose text differs from the bytes of the block.
  func set(_ row: Int, level: String) {
    var text = level
    text.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return setMissing(row) }
      set(row, level: base, count: bytes.count)
    }
  }

  func set(_ row: Int, text: String) { writer?.set(row, text) }

  /// Sets the bytes of a field of the block, in its encoding.
  @inline(__always)
  func set(_ row: Int, text: UnsafeBufferPointer<UInt8>) { writer?.set(row, text) }

  /// The places of the texts, by row, if nothing else is to be stored; nil for other columns.
  var textPlaces: UnsafeMutablePointer<TextSpan>? { writer.flatMap { $0.staysInBlock ? $0.places : nil } }

  /// The bytes of the texts in the first `rowCount` rows.
  func textBytes(rowCount: Int) -> Int { writer?.textBytes(rowCount: rowCount) ?? 0 }

  /// Ends the rows: takes the texts, and stores real numbers and times as whole numbers of the largest unit that fits all.
  ///
  /// - `blockShare`: The bytes of the block of text for each byte of texts that may stay in it; nil to copy them.
  func finish(rowCount: Int, blockShare: Double?) {
    if let writer { texts = writer.take(rowCount: rowCount, blockShare: blockShare) }
    guard rowCount > 0 else { return }
    switch storage {
    case .doubles(let doubles):
      if let numbers = CompactNumbers(doubles, rowCount: rowCount, isTime: kind == .time) {
        replace(numbers.storage, numbers.room)
      }
    case .scaled(let counts, let unit):
      storage = .scaled(counts, CompactNumbers.coarsest(counts, rowCount: rowCount, unit: unit, isTime: kind == .time))
    case .bytes, .shorts, .integers: break
    }
  }

  /// Moves the values of the first `rowCount` rows, which are all, to a file, and frees the memory of the block.
  func move(to file: ScratchFile, rowCount: Int) throws(FrameError) {
    func kept<Number>(_ numbers: UnsafeMutablePointer<Number>) throws(FrameError) -> UnsafeMutablePointer<Number> {
      let place = try file.write(UnsafeRawBufferPointer(UnsafeBufferPointer(start: numbers, count: rowCount)))
      return UnsafeMutableRawPointer(mutating: place).bindMemory(to: Number.self, capacity: rowCount)
    }
    switch kind {
    case .number, .time, .level:
      switch storage {
      case .bytes(let bytes): storage = .bytes(try kept(bytes))
      case .shorts(let shorts): storage = .shorts(try kept(shorts))
      case .integers(let integers): storage = .integers(try kept(integers))
      case .doubles(let doubles): storage = .doubles(try kept(doubles))
      case .scaled(let counts, let unit): storage = .scaled(try kept(counts), unit)
      }
      scratch = file
    case .text, .sparse, .skipped: break
    }
    room = nil
    pages = nil
  }

  /// Frees the values.
  func discard() {
    storage = .bytes(blockBytes)
    room = nil
    scratch = nil
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
    case .scaled(let counts, let unit): for row in 0..<rows { doubles[row] = unit.number(counts[row]) }
    case .doubles: break
    }
    replace(.doubles(doubles), wider)
  }

  /// Stores the first `rows` rows, which are whole numbers, in the largest unit; false if they do not fit it.
  private func widenToScaled(_ rows: Int) -> Bool {
    let unit = ScaledNumbers.Unit.units(isTime: kind == .time)[0]
    let wider = Room(byteCount: capacity * MemoryLayout<Int32>.stride)
    let counts = wider.start.bindMemory(to: Int32.self, capacity: capacity)
    func fill<Number: FixedWidthInteger>(_ numbers: UnsafeMutablePointer<Number>) -> Bool {
      for row in 0..<rows {
        guard let count = unit.count(Double(numbers[row])) else { return false }
        counts[row] = count
      }
      return true
    }
    let fits =
      switch storage {
      case .bytes(let bytes): fill(bytes)
      case .shorts(let shorts): fill(shorts)
      case .integers(let integers): fill(integers)
      case .doubles, .scaled: false
      }
    if fits { replace(.scaled(counts, unit), wider) }
    return fits
  }

  /// Stores the first `row` rows in a smaller unit that fits `value` too; false without one.
  private func refine(_ row: Int, for value: Double) -> Bool {
    guard case .scaled(let counts, let unit) = storage else { return false }
    for smaller in ScaledNumbers.Unit.units(isTime: kind == .time) where smaller.isSmaller(than: unit) {
      guard smaller.count(ofPositiveZero: value) != nil else { continue }
      guard smaller.convert(counts, row, from: unit) else { return false }
      storage = .scaled(counts, smaller)
      set(row, real: value)
      return true
    }
    return false
  }

  private func replace(_ wider: Storage, _ owner: Room) {
    storage = wider
    room = owner
  }
}
