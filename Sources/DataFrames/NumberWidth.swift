/// The narrowest storage that holds a list of numbers.
enum NumberWidth: Int {
  case bytes
  case shorts
  case integers
  case doubles

  init(holding numbers: [Double]) {
    if numbers.allSatisfy({ UInt8(exactly: $0) != nil }) {
      self = .bytes
    } else if numbers.allSatisfy({ Int16(exactly: $0) != nil }) {
      self = .shorts
    } else if numbers.allSatisfy({ Int32(exactly: $0) != nil }) {
      self = .integers
    } else {
      self = .doubles
    }
  }

  var bytesPerRow: Int {
    switch self {
    case .bytes: 1
    case .shorts: 2
    case .integers: 4
    case .doubles: 8
    }
  }

  /// Stores numbers that all fit this width.
  func values(_ numbers: [Double]) -> Column.Values {
    switch self {
    case .bytes: .bytes(numbers.map { UInt8($0) })
    case .shorts: .shorts(numbers.map { Int16($0) })
    case .integers: .integers(numbers.map { Int32($0) })
    case .doubles: .doubles(numbers)
    }
  }
}
