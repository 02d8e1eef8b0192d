/// The numbers of a column in one row group, in the narrowest storage that holds them.
///
/// Not Sendable: one thread reads a column of a row group.
final class NumberStore {
  /// Whole numbers up to this magnitude are exact in a double.
  private static let exactWholeNumbers: UInt64 = 1 << 53

  let rowCount: Int
  /// Rows hold 0 until they are set.
  private(set) var storage: ColumnBuilder.Storage
  private var room: Room
  private var isEmpty = true
  /// The number of whole numbers that a double does not hold exactly.
  private(set) var roundedCount = 0

  /// Makes room for `rowCount` rows.
  init(rowCount: Int) {
    self.rowCount = rowCount
    let (room, bytes) = Self.zeros(rowCount, of: UInt8.self)
    (self.room, storage) = (room, .bytes(bytes))
  }

  /// Sets rows from `first` on, skipping those that are not `present`.
  func set(_ first: Int, _ numbers: UnsafeBufferPointer<Int64>, present: Presence) {
    var (least, most) = (Int64.max, Int64.min)
    for number in numbers {
      least = min(least, number)
      most = max(most, number)
    }
    guard least <= most else { return }
    if UInt8(exactly: least) != nil, UInt8(exactly: most) != nil {
      widen(to: .bytes)
    } else if Int16(exactly: least) != nil, Int16(exactly: most) != nil {
      widen(to: .shorts)
    } else if Int32(exactly: least) != nil, Int32(exactly: most) != nil {
      widen(to: .integers)
    } else {
      widen(to: .doubles)
      if max(least.magnitude, most.magnitude) > Self.exactWholeNumbers {
        for number in numbers where number.magnitude > Self.exactWholeNumbers { roundedCount += 1 }
      }
    }
    switch storage {
    case .bytes(let rows): present.scatter(numbers, into: rooms(rows), from: first) { UInt8(truncatingIfNeeded: $0) }
    case .shorts(let rows): present.scatter(numbers, into: rooms(rows), from: first) { Int16(truncatingIfNeeded: $0) }
    case .integers(let rows):
      present.scatter(numbers, into: rooms(rows), from: first) { Int32(truncatingIfNeeded: $0) }
    case .doubles(let rows): present.scatter(numbers, into: rooms(rows), from: first) { Double($0) }
    case .scaled: break
    }
  }

  /// Sets rows from `first` on, skipping those that are not `present`.
  func set(_ first: Int, _ numbers: UnsafeBufferPointer<Double>, present: Presence) {
    if isEmpty {
      let (room, rows) = Self.zeros(rowCount, of: Int32.self)
      (self.room, storage) = (room, .scaled(rows, .places(0)))
      isEmpty = false
    }
    if setScaled(first, numbers, present: present) { return }
    widen(to: .doubles)
    guard case .doubles(let rows) = storage else { return }
    present.scatter(numbers, into: rooms(rows), from: first) { $0 }
  }

  /// Sets rows to whole numbers of a unit; false if there is none for these and all rows before.
  private func setScaled(_ first: Int, _ numbers: UnsafeBufferPointer<Double>, present: Presence) -> Bool {
    guard case .scaled(let rows, let unit) = storage, let start = numbers.baseAddress else { return false }
    let room = Room(byteCount: numbers.count * MemoryLayout<Int32>.stride)
    let counts = room.start.bindMemory(to: Int32.self, capacity: numbers.count)
    for smaller in unit.places...ScaledNumbers.Unit.maximumPlaces {
      let smaller = ScaledNumbers.Unit.places(smaller)
      guard smaller.count(start, numbers.count, into: counts) else { continue }
      guard smaller == unit || multiply(rows, first, by: smaller.divisor / unit.divisor) else { return false }
      storage = .scaled(rows, smaller)
      present.scatter(
        UnsafeBufferPointer(start: counts, count: numbers.count), into: rooms(rows), from: first
      ) { $0 }
      return true
    }
    return false
  }

  /// Multiplies the first `count` rows; false, without a change, if one of them would overflow.
  private func multiply(_ rows: UnsafeMutablePointer<Int32>, _ count: Int, by factor: Double) -> Bool {
    let largest = Int32(Double(Int32.max) / factor)
    for row in 0..<count where rows[row] > largest || rows[row] < -largest { return false }
    for row in 0..<count { rows[row] *= Int32(factor) }
    return true
  }

  /// Stores reals and times in half of the space, if one unit fits all rows.
  func compact(isTime: Bool) {
    guard case .doubles(let rows) = storage, let numbers = CompactNumbers(rows, rowCount: rowCount, isTime: isTime)
    else { return }
    (room, storage) = (numbers.room, numbers.storage)
  }

  private func rooms<Number>(_ rows: UnsafeMutablePointer<Number>) -> UnsafeMutableBufferPointer<Number> {
    UnsafeMutableBufferPointer(start: rows, count: rowCount)
  }

  private func widen(to wider: NumberWidth) {
    defer { isEmpty = false }
    if case .scaled(let counts, let unit) = storage {
      let (room, rows) = Self.zeros(rowCount, of: Double.self)
      for row in 0..<rowCount { rows[row] = unit.number(counts[row]) }
      (self.room, storage) = (room, .doubles(rows))
    }
    guard wider.rawValue > width.rawValue else { return }
    switch wider {
    case .bytes: return
    case .shorts:
      let (room, rows) = Self.zeros(rowCount, of: Int16.self)
      convert(into: rows) { Int16(truncatingIfNeeded: $0) }
      (self.room, storage) = (room, .shorts(rows))
    case .integers:
      let (room, rows) = Self.zeros(rowCount, of: Int32.self)
      convert(into: rows) { $0 }
      (self.room, storage) = (room, .integers(rows))
    case .doubles:
      let (room, rows) = Self.zeros(rowCount, of: Double.self)
      convert(into: rows) { Double($0) }
      (self.room, storage) = (room, .doubles(rows))
    }
  }

  private var width: NumberWidth {
    switch storage {
    case .bytes: .bytes
    case .shorts: .shorts
    case .integers: .integers
    case .doubles, .scaled: .doubles
    }
  }

  /// Copies the whole numbers so far to a wider type.
  private func convert<Wide>(into wide: UnsafeMutablePointer<Wide>, _ convert: (Int32) -> Wide) {
    guard !isEmpty else { return }
    switch storage {
    case .bytes(let rows): for row in 0..<rowCount { wide[row] = convert(Int32(rows[row])) }
    case .shorts(let rows): for row in 0..<rowCount { wide[row] = convert(Int32(rows[row])) }
    case .integers(let rows): for row in 0..<rowCount { wide[row] = convert(rows[row]) }
    case .doubles, .scaled: break
    }
  }

  private static func zeros<Number: BitwiseCopyable>(
    _ count: Int, of type: Number.Type
  ) -> (Room, UnsafeMutablePointer<Number>) {
    let room = Room(zeros: count * MemoryLayout<Number>.stride)
    return (room, room.start.bindMemory(to: Number.self, capacity: count))
  }
}
