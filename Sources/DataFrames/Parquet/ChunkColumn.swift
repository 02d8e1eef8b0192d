/// A column of one row group.
///
/// `@unchecked Sendable`: one thread fills it; afterwards it is only read.
struct ChunkColumn: @unchecked Sendable {
  enum Content {
    case numbers(NumberStore)
    case levels(LevelStore)
    case texts(TextStore)
  }

  let rowCount: Int
  var content: Content
  var missing = RowSet()
  /// The number of infinite reals, which count as missing.
  var infiniteCount = 0

  private let missingNumbers: Set<Double>

  /// - Parameters:
  ///   - rowCount: The number of rows.
  ///   - isNumeric: True for a column of numbers or times, false for one of texts or levels.
  ///   - isTime: True if its numbers are times, in milliseconds since 1970.
  ///   - missingNumbers: Numbers that count as missing.
  ///   - pool: The memory of other columns that have been joined.
  init(rowCount: Int, isNumeric: Bool, isTime: Bool, missingNumbers: Set<Double>, pool: PagePool) {
    self.rowCount = rowCount
    self.missingNumbers = missingNumbers
    content =
      isNumeric
      ? .numbers(NumberStore(rowCount: rowCount, isTime: isTime, pool: pool))
      : .levels(LevelStore(rowCount: rowCount, pool: pool))
  }

  /// Ends the column; rows are no longer set.
  func finish() {
    if case .numbers(let store) = content { store.compact() }
  }

  /// Sets the rows of a page, which count from `first`, to entries of a dictionary; false if each number must be looked at.
  func set(
    _ first: Int, _ entries: ScaledEntries, _ indexes: UnsafeBufferPointer<UInt32>, present: Presence
  ) -> Bool {
    guard missingNumbers.isEmpty, case .numbers(let store) = content else { return false }
    return store.setScaled(first, entries, indexes, present: present)
  }

  /// Sets the rows of a page, which count from `first`, to numbers or to their texts.
  mutating func set(_ first: Int, _ buffer: NumberBuffer, present: Presence, texts: ValueText) {
    if buffer.isReal {
      let reals = UnsafeBufferPointer(rebasing: buffer.reals[..<buffer.count])
      // Numbers of a unit are finite.
      if missingNumbers.isEmpty, case .numbers(let store) = content, store.setScaled(first, reals, present: present) {
        return
      }
      removeOdd(buffer, first, present)
    }
    if !missingNumbers.isEmpty { removeMissing(buffer, first, present) }
    switch content {
    case .numbers(let store):
      if buffer.isReal {
        store.set(
          first, UnsafeBufferPointer(rebasing: buffer.reals[..<buffer.count]), present: present)
      } else {
        store.set(
          first, UnsafeBufferPointer(rebasing: buffer.integers[..<buffer.count]), present: present)
      }
    case .levels(let store):
      for index in 0..<buffer.count { store.add(code(buffer, index, store, texts)) }
      store.finishPage(first, present: present)
    case .texts: break
    }
  }

  /// Returns the code of a value's text; that of a missing value has no meaning.
  private func code(_ buffer: NumberBuffer, _ index: Int, _ store: LevelStore, _ texts: ValueText) -> Int32 {
    let number = buffer.isReal ? buffer.reals[index] : Double(buffer.integers[index])
    guard number.isFinite, missingNumbers.isEmpty || !missingNumbers.contains(number) else { return 0 }
    if buffer.isReal { return store.code(bits: number.bitPattern) { texts.text(number) } }
    let integer = buffer.integers[index]
    return store.code(bits: UInt64(bitPattern: integer)) { texts.text(integer) }
  }

  /// Makes NaN and infinite reals missing, and 0.
  private mutating func removeOdd(_ buffer: NumberBuffer, _ first: Int, _ present: Presence) {
    let reals = UnsafeMutableBufferPointer(rebasing: buffer.reals[..<buffer.count])
    var odd: UInt64 = 0
    for real in reals { odd |= real.isFinite ? 0 : 1 }
    guard odd > 0 else { return }
    present.forEach { row, value in
      guard !reals[value].isFinite else { return }
      missing.insert(first + row)
      if reals[value].isInfinite { infiniteCount += 1 }
      if case .numbers = content { reals[value] = 0 }
    }
  }

  /// Makes the numbers that the job declares missing so.
  private mutating func removeMissing(_ buffer: NumberBuffer, _ first: Int, _ present: Presence) {
    present.forEach { row, value in
      let number = buffer.isReal ? buffer.reals[value] : Double(buffer.integers[value])
      if missingNumbers.contains(number) { missing.insert(first + row) }
    }
  }
}
