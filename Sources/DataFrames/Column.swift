/// A named, typed column in the narrowest storage that holds it.
package struct Column: Sendable {
  /// The values; what stands at missing rows has no meaning.
  package enum Values: Sendable {
    case bytes([UInt8])
    case shorts([Int16])
    case integers([Int32])
    case doubles([Double])
    /// Index into `levels` for each row.
    case categorical([Int32], levels: [String])
    case text([String])
  }

  package let name: String
  package let values: Values
  /// Which rows hold no value.
  package let missing: RowSet
  /// Whether the numbers are times, in milliseconds since 1970.
  package let isTime: Bool

  package init(name: String, values: Values, missing: RowSet, isTime: Bool = false) {
    self.isTime = isTime
    self.name = name
    self.values = values
    self.missing = missing
  }

  package var rowCount: Int {
    switch values {
    case .bytes(let values): values.count
    case .shorts(let values): values.count
    case .integers(let values): values.count
    case .doubles(let values): values.count
    case .categorical(let codes, _): codes.count
    case .text(let values): values.count
    }
  }

  /// The levels of a categorical column, nil for others.
  package var levels: [String]? {
    guard case .categorical(_, let levels) = values else { return nil }
    return levels
  }

  package var isNumeric: Bool {
    switch values {
    case .bytes, .shorts, .integers, .doubles: true
    case .categorical, .text: false
    }
  }

  /// What a person calls the type.
  package var typeName: String {
    if isTime { return "time" }
    return switch values {
    case .bytes, .shorts, .integers: "int"
    case .doubles: "real"
    case .categorical: "enum"
    case .text: "string"
    }
  }

  /// The number in `row`, NaN if it is missing or the column holds no numbers.
  package func number(at row: Int) -> Double {
    guard !missing.contains(row) else { return .nan }
    switch values {
    case .bytes(let values): return Double(values[row])
    case .shorts(let values): return Double(values[row])
    case .integers(let values): return Double(values[row])
    case .doubles(let values): return values[row]
    case .categorical, .text: return .nan
    }
  }

  /// Calls `body` with each row and its number, in order; NaN where it is missing.
  ///
  /// Much faster than ``number(at:)`` for each row. A column without numbers has none to give.
  @inline(__always)
  func forEachNumber(_ body: (_ row: Int, _ number: Double) -> Void) {
    @inline(__always)
    func visit<Number>(_ values: [Number], _ number: (Number) -> Double) {
      values.withUnsafeBufferPointer { values in
        if missing.isEmpty {
          for row in values.indices { body(row, number(values[row])) }
        } else {
          for row in values.indices { body(row, missing.contains(row) ? .nan : number(values[row])) }
        }
      }
    }
    switch values {
    case .bytes(let values): visit(values) { Double($0) }
    case .shorts(let values): visit(values) { Double($0) }
    case .integers(let values): visit(values) { Double($0) }
    case .doubles(let values): visit(values) { $0 }
    case .categorical, .text: break
    }
  }

  /// The level index in `row`, nil if it is missing or the column is not categorical.
  package func level(at row: Int) -> Int? {
    guard case .categorical(let codes, _) = values, !missing.contains(row) else { return nil }
    return Int(codes[row])
  }

  /// The value in `row` as text, nil if it is missing.
  package func text(at row: Int) -> String? {
    guard !missing.contains(row) else { return nil }
    switch values {
    case .bytes(let values): return String(values[row])
    case .shorts(let values): return String(values[row])
    case .integers(let values): return String(values[row])
    case .doubles(let values): return NumberText.shortest(values[row])
    case .categorical(let codes, let levels): return levels[Int(codes[row])]
    case .text(let values): return values[row]
    }
  }
}

/// Prints numbers as H2O and people do: no decimals where there are none.
package enum NumberText {
  /// Shortest text that reads back as the same number; whole numbers without a point.
  package static func shortest(_ value: Double) -> String {
    abs(value) < 1e15 && value == value.rounded() ? String(Int(value)) : String(value)
  }
}
