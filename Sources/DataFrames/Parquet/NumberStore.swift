/// The numbers of a column in one row group, in the narrowest storage that holds them.
///
/// Not Sendable: one thread reads a column of a row group.
final class NumberStore {
  /// Whole numbers up to this magnitude are exact in a double.
  private static let exactWholeNumbers: UInt64 = 1 << 53

  let rowCount: Int
  private let isTime: Bool
  private let pool: PagePool
  /// Rows hold 0 until they are set.
  @exclusivity(unchecked) private(set) var storage: ColumnBuilder.Storage
  @exclusivity(unchecked) private var room: Room
  @exclusivity(unchecked) private var isEmpty = true
  /// The number of whole numbers that a double does not hold exactly.
  @exclusivity(unchecked) private(set) var roundedCount = 0
  /// Room for the whole numbers of units of a page with missing rows.
  @exclusivity(unchecked) private var pageCounts = Room(byteCount: 0)
  @exclusivity(unchecked) private var pageCapacity = 0

  /// Makes room for `rowCount` rows.
  ///
  /// - `isTime`: True for milliseconds since 1970.
  init(rowCount: Int, isTime: Bool, pool: PagePool) {
    self.rowCount = rowCount
    self.isTime = isTime
    self.pool = pool
    room = Room(zeros: rowCount, pool: pool)
    storage = .bytes(room.start.bindMemory(to: UInt8.self, capacity: rowCount))
  }

  /// Sets rows from `first` on, skipping those that are not `present`.
  func set(_ first: Int, _ numbers: UnsafeBufferPointer<Int64>, present: Presence) {
    var (least, most) = (Int64.max, Int64.min)
    for number in numbers {
      least = min(least, number)
      most = max(most, number)
    }
    guard least <= most else { return }
    let isWide = Int32(exactly: least) == nil || Int32(exactly: most) == nil
    if isTime, isWide || isScaled, setScaled(first, numbers.count, present, fill: { $0.count(numbers, into: $1) }) {
      return
    }
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
    if setScaled(first, numbers, present: present) { return }
    widen(to: .doubles)
    guard case .doubles(let rows) = storage else { return }
    present.scatter(numbers, into: rooms(rows), from: first) { $0 }
  }

  /// Sets rows to whole numbers of a unit; false, without a change, if there is none for these and all rows before.
  func setScaled(_ first: Int, _ numbers: UnsafeBufferPointer<Double>, present: Presence) -> Bool {
    guard let start = numbers.baseAddress else { return true }
    return setScaled(first, numbers.count, present) { $0.count(start, numbers.count, into: $1) }
  }

  /// Sets rows to entries of a dictionary; false, without a change, if they are not whole numbers of the unit in use.
  func setScaled(
    _ first: Int, _ entries: ScaledEntries, _ indexes: UnsafeBufferPointer<UInt32>, present: Presence
  ) -> Bool {
    if isEmpty { begin(entries.unit) }
    guard case .scaled(let rows, let unit) = storage, unit == entries.unit else { return false }
    entries.counts.withUnsafeBufferPointer { counts in
      present.scatter(indexes, into: rooms(rows), from: first) { counts[Int($0)] }
    }
    return true
  }

  private var isScaled: Bool { if case .scaled = storage { true } else { false } }

  /// Sets rows to `count` whole numbers of the unit in use, or of the largest smaller one for which `fill` returns true.
  private func setScaled(
    _ first: Int, _ count: Int, _ present: Presence,
    fill: (ScaledNumbers.Unit, UnsafeMutablePointer<Int32>) -> Bool
  ) -> Bool {
    let units = ScaledNumbers.Unit.units(isTime: isTime)
    if isEmpty { begin(units[0]) }
    guard case .scaled(let rows, let unit) = storage else { return false }
    let isDirect = present.valueCount == present.rowCount && rowCount - first >= count
    let counts = isDirect ? rows + first : roomForPage(count)
    for smaller in units where !unit.isSmaller(than: smaller) {
      guard fill(smaller, counts) else { continue }
      guard smaller == unit || smaller.convert(rows, first, from: unit) else { return false }
      storage = .scaled(rows, smaller)
      if !isDirect {
        present.scatter(UnsafeBufferPointer(start: counts, count: count), into: rooms(rows), from: first) { $0 }
      }
      return true
    }
    return false
  }

  private func roomForPage(_ count: Int) -> UnsafeMutablePointer<Int32> {
    if pageCapacity < count {
      pageCounts = Room(byteCount: count * MemoryLayout<Int32>.stride, pool: pool)
      pageCapacity = count
    }
    return pageCounts.start.bindMemory(to: Int32.self, capacity: count)
  }

  /// Begins with whole numbers of a unit.
  private func begin(_ unit: ScaledNumbers.Unit) {
    let (room, rows) = zeros(rowCount, of: Int32.self)
    (self.room, storage) = (room, .scaled(rows, unit))
    isEmpty = false
  }

  /// Stores reals and times in half of the space, if one unit fits all rows, and takes the largest such unit.
  func compact() {
    pageCounts = Room(byteCount: 0)
    switch storage {
    case .doubles(let rows):
      guard let numbers = CompactNumbers(rows, rowCount: rowCount, isTime: isTime) else { return }
      (room, storage) = (numbers.room, numbers.storage)
    case .scaled(let counts, let unit):
      storage = .scaled(counts, CompactNumbers.coarsest(counts, rowCount: rowCount, unit: unit, isTime: isTime))
    case .bytes, .shorts, .integers: break
    }
  }

  private func rooms<Number>(_ rows: UnsafeMutablePointer<Number>) -> UnsafeMutableBufferPointer<Number> {
    UnsafeMutableBufferPointer(start: rows, count: rowCount)
  }

  private func widen(to wider: NumberWidth) {
    defer { isEmpty = false }
    if case .scaled(let counts, let unit) = storage {
      let (room, rows) = zeros(rowCount, of: Double.self)
      for row in 0..<rowCount { rows[row] = unit.number(counts[row]) }
      (self.room, storage) = (room, .doubles(rows))
    }
    guard wider.rawValue > width.rawValue else { return }
    switch wider {
    case .bytes: return
    case .shorts:
      let (room, rows) = zeros(rowCount, of: Int16.self)
      convert(into: rows) { Int16(truncatingIfNeeded: $0) }
      (self.room, storage) = (room, .shorts(rows))
    case .integers:
      let (room, rows) = zeros(rowCount, of: Int32.self)
      convert(into: rows) { $0 }
      (self.room, storage) = (room, .integers(rows))
    case .doubles:
      let (room, rows) = zeros(rowCount, of: Double.self)
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

  private func zeros<Number: BitwiseCopyable>(
    _ count: Int, of type: Number.Type
  ) -> (Room, UnsafeMutablePointer<Number>) {
    let room = Room(zeros: count * MemoryLayout<Number>.stride, pool: pool)
    return (room, room.start.bindMemory(to: Number.self, capacity: count))
  }
}
