/// The numbers of a column in one row group, in the narrowest storage that holds them.
struct NumberStore {
  /// Whole numbers up to this magnitude are exact in a double.
  private static let exactWholeNumbers: UInt64 = 1 << 53

  private let rowCount: Int
  private var width = NumberWidth.bytes
  private var bytes: [UInt8] = []
  private var shorts: [Int16] = []
  private var integers: [Int32] = []
  private var doubles: [Double] = []
  /// The number of whole numbers that a double does not hold exactly.
  private(set) var roundedCount = 0

  /// Makes room for `rowCount` rows, which hold 0 until they are set.
  init(rowCount: Int) { self.rowCount = rowCount }

  var values: Column.Values {
    switch width {
    case .bytes: .bytes(bytes.isEmpty ? [UInt8](repeating: 0, count: rowCount) : bytes)
    case .shorts: .shorts(shorts)
    case .integers: .integers(integers)
    case .doubles: .doubles(doubles)
    }
  }

  /// Sets rows from `first` on, skipping those that are not `present`.
  mutating func set(_ first: Int, _ numbers: UnsafeBufferPointer<Int64>, present: Presence) {
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
    switch width {
    case .bytes:
      present.scatter(numbers, into: &bytes, from: first) { UInt8(truncatingIfNeeded: $0) }
    case .shorts:
      present.scatter(numbers, into: &shorts, from: first) { Int16(truncatingIfNeeded: $0) }
    case .integers:
      present.scatter(numbers, into: &integers, from: first) { Int32(truncatingIfNeeded: $0) }
    case .doubles: present.scatter(numbers, into: &doubles, from: first) { Double($0) }
    }
  }

  /// Sets rows from `first` on, skipping those that are not `present`.
  mutating func set(_ first: Int, _ numbers: UnsafeBufferPointer<Double>, present: Presence) {
    widen(to: .doubles)
    // Rows of NaN and infinite numbers are missing.
    present.scatter(numbers, into: &doubles, from: first) { $0.isFinite ? $0 : 0 }
  }

  private mutating func widen(to wider: NumberWidth) {
    if width == .bytes, bytes.isEmpty { return begin(wider) }
    guard wider.rawValue > width.rawValue else { return }
    switch wider {
    case .bytes: return
    case .shorts: shorts = converted { Int16($0) }
    case .integers: integers = converted { Int32($0) }
    case .doubles: doubles = converted { Double($0) }
    }
    width = wider
    if wider != .shorts { shorts = [] }
    if wider == .doubles { integers = [] }
    bytes = []
  }

  /// Sets the storage before any row is set.
  private mutating func begin(_ first: NumberWidth) {
    width = first
    switch first {
    case .bytes: bytes = [UInt8](repeating: 0, count: rowCount)
    case .shorts: shorts = [Int16](repeating: 0, count: rowCount)
    case .integers: integers = [Int32](repeating: 0, count: rowCount)
    case .doubles: doubles = [Double](repeating: 0, count: rowCount)
    }
  }

  /// Returns the whole numbers so far in a wider type.
  private func converted<Wide>(_ convert: (Int32) -> Wide) -> [Wide] {
    switch width {
    case .bytes: bytes.map { convert(Int32($0)) }
    case .shorts: shorts.map { convert(Int32($0)) }
    case .integers, .doubles: integers.map(convert)
    }
  }
}

extension NumberStore {
  /// Returns the numbers of all row groups in one storage; the only part is not copied.
  static func joined(_ parts: [NumberStore]) -> Column.Values {
    guard parts.count != 1 else { return parts[0].values }
    switch parts.map(\.width.rawValue).max().flatMap(NumberWidth.init) ?? .bytes {
    case .bytes:
      return .bytes(
        joined(parts) {
          UInt8(truncatingIfNeeded: $0)
        } real: {
          UInt8($0)
        })
    case .shorts:
      return .shorts(
        joined(parts) {
          Int16(truncatingIfNeeded: $0)
        } real: {
          Int16($0)
        })
    case .integers:
      return .integers(
        joined(parts) {
          Int32(truncatingIfNeeded: $0)
        } real: {
          Int32($0)
        })
    case .doubles:
      return .doubles(
        joined(parts) {
          Double($0)
        } real: {
          $0
        })
    }
  }

  private static func joined<Number>(
    _ parts: [NumberStore], _ whole: (Int) -> Number, real: (Double) -> Number
  ) -> [Number] {
    var numbers: [Number] = []
    numbers.reserveCapacity(parts.reduce(0) { $0 + $1.rowCount })
    for part in parts {
      switch part.width {
      case .bytes where part.bytes.isEmpty: for _ in 0..<part.rowCount { numbers.append(whole(0)) }
      case .bytes: for number in part.bytes { numbers.append(whole(Int(number))) }
      case .shorts: for number in part.shorts { numbers.append(whole(Int(number))) }
      case .integers: for number in part.integers { numbers.append(whole(Int(number))) }
      case .doubles: for number in part.doubles { numbers.append(real(number)) }
      }
    }
    return numbers
  }
}
