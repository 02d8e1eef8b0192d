/// The texts of a column in one row group, as numbers of its distinct texts.
///
/// As long as pages refer to a dictionary, its entries are the numbers. Not Sendable: one thread reads a column of a row
/// group.
final class LevelStore {
  /// The numbers by row, in the narrowest type that holds them.
  private enum Codes {
    case bytes(UnsafeMutableBufferPointer<UInt8>)
    case shorts(UnsafeMutableBufferPointer<UInt16>)
    case integers(UnsafeMutableBufferPointer<Int32>)
  }

  let rowCount: Int
  private let pool: PagePool
  /// By row; the codes of rows without a value have no meaning.
  @exclusivity(unchecked) private var codes: Codes
  @exclusivity(unchecked) private var room: Room
  /// The dictionary, and 1 for each of its entries that a row has; nil once other texts have come.
  @exclusivity(unchecked) private var dictionary: (entries: TextEntries, isUsed: [UInt8])?
  /// The distinct texts without a dictionary.
  private let table = LevelTable()
  /// The codes of numbers, by their bits.
  @exclusivity(unchecked) private var codeOfNumber: [UInt64: Int32] = [:]
  /// The codes of the values of a page.
  @exclusivity(unchecked) private var pageCodes: [UInt32] = []
  @exclusivity(unchecked) private var rowsSet = 0

  init(rowCount: Int, pool: PagePool) {
    self.rowCount = rowCount
    self.pool = pool
    room = Room(zeros: rowCount, pool: pool)
    codes = .bytes(Self.rows(room, rowCount))
  }

  /// The number of codes.
  var codeCount: Int { dictionary?.entries.count ?? table.count }

  /// Calls `body` with each code that a row has, and its text.
  func forEachText(_ body: (_ code: Int, _ text: UnsafeBufferPointer<UInt8>) -> Void) {
    if let (entries, isUsed) = dictionary {
      for code in isUsed.indices where isUsed[code] != 0 { body(code, entries.text(code)) }
    } else {
      for code in 0..<table.count { body(code, table.text(code)) }
    }
  }

  /// Calls `body` with each row and its code.
  @inline(__always)
  func forEachCode(_ body: (_ row: Int, _ code: Int) -> Void) {
    switch codes {
    case .bytes(let codes): for row in codes.indices { body(row, Int(codes[row])) }
    case .shorts(let codes): for row in codes.indices { body(row, Int(codes[row])) }
    case .integers(let codes): for row in codes.indices { body(row, Int(codes[row])) }
    }
  }

  /// Sets the rows of a page to entries of a dictionary; rows count from `first`.
  func setPage(_ first: Int, _ indexes: UnsafeMutableBufferPointer<UInt32>, of entries: TextEntries, present: Presence)
  {
    if rowsSet == 0, dictionary == nil { dictionary = (entries, [UInt8](repeating: 0, count: entries.count)) }
    guard dictionary != nil else {
      entries.replaceByCodes(indexes) { code($0) }
      return store(first, UnsafeBufferPointer(indexes), present)
    }
    dictionary?.isUsed.withUnsafeMutableBufferPointer { isUsed in for index in indexes { isUsed[Int(index)] = 1 } }
    store(first, UnsafeBufferPointer(indexes), present)
  }

  /// Sets the rows of a page, whose values have been added; rows count from `first`.
  func finishPage(_ first: Int, present: Presence) {
    pageCodes.withUnsafeBufferPointer { store(first, $0, present) }
    pageCodes.removeAll(keepingCapacity: true)
  }

  private func store(_ first: Int, _ values: UnsafeBufferPointer<UInt32>, _ present: Presence) {
    widen()
    switch codes {
    case .bytes(let rows): present.scatter(values, into: rows, from: first) { UInt8(truncatingIfNeeded: $0) }
    case .shorts(let rows): present.scatter(values, into: rows, from: first) { UInt16(truncatingIfNeeded: $0) }
    case .integers(let rows): present.scatter(values, into: rows, from: first) { Int32(truncatingIfNeeded: $0) }
    }
    rowsSet = first + present.rowCount
  }

  /// Adds the code of the next value of a page.
  func add(_ code: Int32) { pageCodes.append(UInt32(bitPattern: code)) }

  func code(_ text: UnsafeRawBufferPointer) -> Int32 {
    leaveDictionary()
    return table.code(text.assumingMemoryBound(to: UInt8.self))
  }

  func code(_ text: String) -> Int32 {
    leaveDictionary()
    var text = text
    return text.withUTF8 { table.code($0) }
  }

  /// Returns the code of a number with the given bits; `text` returns its text.
  func code(bits: UInt64, text: () -> String) -> Int32 {
    if let code = codeOfNumber[bits] { return code }
    let code = code(text())
    codeOfNumber[bits] = code
    return code
  }

  /// Numbers the texts of the dictionary anew, because texts follow that it does not have.
  private func leaveDictionary() {
    guard let (entries, isUsed) = dictionary else { return }
    dictionary = nil
    // Rows without a value have code 0, whatever the dictionary holds.
    var renumbered = [Int32](repeating: 0, count: max(1, isUsed.count))
    for code in isUsed.indices where isUsed[code] != 0 { renumbered[code] = table.code(entries.text(code)) }
    moveRows(toRoomFor: table.count) { renumbered[$0] }
  }

  /// Stores the rows in a type that holds all codes.
  private func widen() {
    let mostCodes =
      switch codes {
      case .bytes: Int(UInt8.max) + 1
      case .shorts: Int(UInt16.max) + 1
      case .integers: Int(Int32.max)
      }
    if codeCount > mostCodes { moveRows(toRoomFor: codeCount) { Int32(truncatingIfNeeded: $0) } }
  }

  /// Stores the rows in the narrowest type that holds `count` codes, with the codes that `recode` returns for theirs.
  private func moveRows(toRoomFor count: Int, _ recode: (Int) -> Int32) {
    let (old, owner) = (codes, room)
    makeRoom(forCodes: count)
    func copy<Old: FixedWidthInteger>(_ rows: UnsafeMutableBufferPointer<Old>) {
      switch codes {
      case .bytes(let new): for row in 0..<rowsSet { new[row] = UInt8(truncatingIfNeeded: recode(Int(rows[row]))) }
      case .shorts(let new): for row in 0..<rowsSet { new[row] = UInt16(truncatingIfNeeded: recode(Int(rows[row]))) }
      case .integers(let new): for row in 0..<rowsSet { new[row] = recode(Int(rows[row])) }
      }
    }
    switch old {
    case .bytes(let rows): copy(rows)
    case .shorts(let rows): copy(rows)
    case .integers(let rows): copy(rows)
    }
    withExtendedLifetime(owner) {}
  }

  private func makeRoom(forCodes count: Int) {
    if count <= Int(UInt8.max) + 1 {
      room = Room(zeros: rowCount, pool: pool)
      codes = .bytes(Self.rows(room, rowCount))
    } else if count <= Int(UInt16.max) + 1 {
      room = Room(zeros: rowCount * MemoryLayout<UInt16>.stride, pool: pool)
      codes = .shorts(Self.rows(room, rowCount))
    } else {
      room = Room(zeros: rowCount * MemoryLayout<Int32>.stride, pool: pool)
      codes = .integers(Self.rows(room, rowCount))
    }
  }

  private static func rows<Code>(_ room: Room, _ count: Int) -> UnsafeMutableBufferPointer<Code> {
    UnsafeMutableBufferPointer(start: room.start.bindMemory(to: Code.self, capacity: count), count: count)
  }
}
