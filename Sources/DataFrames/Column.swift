internal import Wording

/// A named, typed column in the narrowest storage that holds it.
package struct Column: Sendable {
  /// The values; those of missing rows have no meaning.
  package enum Values: Sendable {
    case bytes([UInt8])
    case shorts([Int16])
    case integers([Int32])
    case doubles([Double])
    case scaled(ScaledNumbers)
    case sparse(SparseNumbers)
    /// The index into `levels` of each row.
    case coded(LevelCodes, levels: [String])
    case packed(PackedText)
    /// Numbers in a file, for tables that are too long for memory.
    case mapped(MappedNumbers)

    package static func text(_ texts: [String]) -> Values { .packed(PackedText(texts)) }

    /// Levels, with the index into `levels` of each row.
    package static func categorical(_ codes: [Int32], levels: [String]) -> Values {
      .coded(LevelCodes(codes), levels: levels)
    }
  }

  package let name: String
  package let values: Values
  /// The rows without a value.
  package let missing: RowSet
  /// True if the numbers are times, in milliseconds since 1970.
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
    case .scaled(let numbers): numbers.count
    case .sparse(let numbers): numbers.rowCount
    case .coded(let codes, _): codes.count
    case .packed(let values): values.count
    case .mapped(let numbers): numbers.count
    }
  }

  /// The levels of a categorical column; nil for other columns.
  package var levels: [String]? {
    guard case .coded(_, let levels) = values else { return nil }
    return levels
  }

  package var holdsText: Bool {
    if case .packed = values { true } else { false }
  }

  package var isNumeric: Bool {
    switch values {
    case .bytes, .shorts, .integers, .doubles, .scaled, .sparse, .mapped: true
    case .coded, .packed: false
    }
  }

  /// The name of the type in messages and job files.
  package var typeName: String {
    if isTime { return "time" }
    return switch values {
    case .bytes, .shorts, .integers: "int"
    case .doubles, .scaled: "real"
    case .sparse(let numbers): numbers.isWhole ? "int" : "real"
    case .mapped(let numbers): numbers.areWhole ? "int" : "real"
    case .coded: "enum"
    case .packed: "string"
    }
  }

  /// Returns the number in `row`, or NaN if it is missing or the column is not numeric.
  package func number(at row: Int) -> Double {
    guard !missing.contains(row) else { return .nan }
    switch values {
    case .bytes(let values): return Double(values[row])
    case .shorts(let values): return Double(values[row])
    case .integers(let values): return Double(values[row])
    case .doubles(let values): return values[row]
    case .scaled(let numbers): return numbers[row]
    case .sparse(let numbers): return numbers[row]
    case .mapped(let numbers): return numbers[row]
    case .coded, .packed: return .nan
    }
  }

  /// Calls `body` with each row and its number, in order; missing numbers are NaN.
  ///
  /// Much faster than calling ``number(at:)`` for each row. Columns without numbers make no calls.
  @inline(__always)
  func forEachNumber(_ body: (_ row: Int, _ number: Double) -> Void) {
    @inline(__always)
    func visitAll<Number>(_ values: UnsafeBufferPointer<Number>, _ number: (Number) -> Double) {
      if missing.isEmpty {
        for row in values.indices { body(row, number(values[row])) }
      } else {
        for row in values.indices { body(row, missing.contains(row) ? .nan : number(values[row])) }
      }
    }
    @inline(__always)
    func visit<Number>(_ values: [Number], _ number: (Number) -> Double) {
      values.withUnsafeBufferPointer { visitAll($0, number) }
    }
    @inline(__always)
    func visitMapped<Number>(_ values: MappedValues<Number>, _ number: (Number) -> Double) {
      values.withAll { visitAll($0, number) }
    }
    switch values {
    case .bytes(let values): visit(values) { Double($0) }
    case .shorts(let values): visit(values) { Double($0) }
    case .integers(let values): visit(values) { Double($0) }
    case .doubles(let values): visit(values) { $0 }
    case .scaled(let numbers):
      let unit = numbers.unit
      visit(numbers.counts) { unit.number($0) }
    case .sparse(let numbers): numbers.forEach { body($0, missing.contains($0) ? .nan : $1) }
    case .mapped(let numbers):
      switch numbers.storage {
      case .bytes(let values): visitMapped(values) { Double($0) }
      case .shorts(let values): visitMapped(values) { Double($0) }
      case .integers(let values): visitMapped(values) { Double($0) }
      case .doubles(let values): visitMapped(values) { $0 }
      case .scaled(let counts, let unit): visitMapped(counts) { unit.number($0) }
      }
    case .coded, .packed: break
    }
  }

  /// True if every row holds a whole number from 0 to 255.
  var holdsBytes: Bool {
    guard missing.isEmpty else { return false }
    return switch values {
    case .bytes: true
    case .sparse(let sparse): sparse.numbers.allSatisfy { UInt8(exactly: $0) != nil }
    case .mapped(let numbers): numbers.areBytes
    case .shorts, .integers, .doubles, .scaled, .coded, .packed: false
    }
  }

  /// The numbers of a column that holds bytes; empty for other columns.
  var bytes: [UInt8] {
    switch values {
    case .bytes(let bytes): return bytes
    case .sparse(let sparse):
      var bytes = [UInt8](repeating: 0, count: sparse.rowCount)
      for (row, number) in zip(sparse.rows, sparse.numbers) { bytes[Int(row)] = UInt8(number) }
      return bytes
    case .mapped: return inMemory.bytes
    case .shorts, .integers, .doubles, .scaled, .coded, .packed: return []
    }
  }

  /// Returns the level index in `row`, or nil if it is missing or the column is not categorical.
  package func level(at row: Int) -> Int? {
    guard case .coded(let codes, _) = values, !missing.contains(row) else { return nil }
    return Int(codes[row])
  }

  /// Returns the value in `row` as text, or nil if it is missing.
  package func text(at row: Int) -> String? {
    guard !missing.contains(row) else { return nil }
    switch values {
    case .bytes(let values): return String(values[row])
    case .shorts(let values): return String(values[row])
    case .integers(let values): return String(values[row])
    case .doubles(let values): return NumberText.shortest(values[row])
    case .scaled(let numbers): return NumberText.shortest(numbers[row])
    case .sparse(let numbers): return NumberText.shortest(numbers[row])
    case .mapped(let numbers): return numbers.text(at: row)
    case .coded(let codes, let levels): return levels[Int(codes[row])]
    case .packed(let values): return values[row]
    }
  }
}
