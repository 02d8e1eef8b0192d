/// Collects the fields of one column, widening its storage as values demand it.
final class ColumnBuilder {
  /// What fields are taken for.
  enum Kind {
    case number
    case level
    case text
  }

  /// Storage in use, from narrow to wide.
  private enum Width: Int, Comparable {
    case byte
    case short
    case integer
    case double

    static func < (a: Width, b: Width) -> Bool { a.rawValue < b.rawValue }
  }

  let kind: Kind
  private(set) var rowCount = 0
  private(set) var missing = RowSet()
  /// Fields that are neither numbers nor missing, in a column of numbers.
  private(set) var misfitCount = 0
  private(set) var firstMisfit: (line: Int, text: String)?
  private var width = Width.byte
  private var bytes: [UInt8] = []
  private var shorts: [Int16] = []
  private var integers: [Int32] = []
  private var doubles: [Double] = []
  private var codes: [Int32] = []
  private var codeOfLevel: [String: Int32] = [:]
  private var texts: [String] = []

  init(kind: Kind) { self.kind = kind }

  func appendMissing() {
    missing.insert(rowCount)
    switch kind {
    case .number: append(integer: 0)
    case .level: appendCode(0)
    case .text: appendText("")
    }
  }

  @inline(__always)
  func append(integer value: Int32) {
    rowCount += 1
    switch width {
    case .byte where UInt8(exactly: value) != nil: bytes.append(UInt8(truncatingIfNeeded: value))
    case .integer: integers.append(value)
    case .double: doubles.append(Double(value))
    case .byte, .short: appendWidening(value)
    }
  }

  private func appendWidening(_ value: Int32) {
    if let short = Int16(exactly: value) {
      widen(to: .short)
      shorts.append(short)
    } else {
      widen(to: .integer)
      integers.append(value)
    }
  }

  @inline(__always)
  func append(real value: Double) {
    widen(to: .double)
    rowCount += 1
    doubles.append(value)
  }

  func appendMisfit(line: Int, text: String) {
    misfitCount += 1
    if firstMisfit == nil { firstMisfit = (line, text) }
    appendMissing()
  }

  func append(level: String) {
    if let code = codeOfLevel[level] {
      appendCode(code)
    } else {
      let code = Int32(codeOfLevel.count)
      codeOfLevel[level] = code
      appendCode(code)
    }
  }

  func appendText(_ text: String) {
    rowCount += 1
    texts.append(text)
  }

  private func appendCode(_ code: Int32) {
    rowCount += 1
    codes.append(code)
  }

  private func widen(to target: Width) {
    guard width < target else { return }
    switch target {
    case .byte: break
    case .short: shorts = bytes.map(Int16.init)
    case .integer: integers = width == .byte ? bytes.map(Int32.init) : shorts.map(Int32.init)
    case .double:
      switch width {
      case .byte: doubles = bytes.map(Double.init)
      case .short: doubles = shorts.map(Double.init)
      case .integer: doubles = integers.map(Double.init)
      case .double: break
      }
    }
    if target > .byte { bytes = [] }
    if target > .short { shorts = [] }
    if target > .integer { integers = [] }
    width = target
  }

  /// Number of distinct levels so far.
  var levelCount: Int { codeOfLevel.count }

  /// The finished column; levels are in the order of numbers if all are numbers, else in the order of their bytes.
  func finish(name: String) -> Column {
    let values: Column.Values
    switch kind {
    case .number:
      switch width {
      case .byte: values = .bytes(bytes)
      case .short: values = .shorts(shorts)
      case .integer: values = .integers(integers)
      case .double: values = .doubles(doubles)
      }
    case .level: values = finishLevels()
    case .text: values = .text(texts)
    }
    return Column(name: name, values: values, missing: missing)
  }

  private func finishLevels() -> Column.Values {
    let levels = LevelOrder.sorted(Array(codeOfLevel.keys))
    var rank = [Int32](repeating: 0, count: levels.count)
    for (index, level) in levels.enumerated() {
      if let code = codeOfLevel[level] { rank[Int(code)] = Int32(index) }
    }
    // In a column without any level the codes of missing rows point nowhere; they are never looked at.
    return .categorical(rank.isEmpty ? codes : codes.map { rank[Int($0)] }, levels: levels)
  }
}

/// The order of the levels of a categorical column, which fixes class numbers and input units.
package enum LevelOrder {
  /// Numbers by size if all levels are numbers, otherwise by their bytes, as in H2O.
  package static func sorted(_ levels: [String]) -> [String] {
    let numbers = levels.compactMap { Double($0) }
    guard numbers.count == levels.count else {
      return levels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    return zip(numbers, levels).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
  }
}
