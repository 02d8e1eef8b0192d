internal import Wording

/// The numbers of a column in a file, in the narrowest storage that holds them.
package struct MappedNumbers: Sendable {
  enum Storage {
    case bytes(MappedValues<UInt8>)
    case shorts(MappedValues<Int16>)
    case integers(MappedValues<Int32>)
    case doubles(MappedValues<Double>)
    case scaled(MappedValues<Int32>, ScaledNumbers.Unit)
  }

  let storage: Storage

  var count: Int {
    switch storage {
    case .bytes(let values): values.count
    case .shorts(let values): values.count
    case .integers(let values), .scaled(let values, _): values.count
    case .doubles(let values): values.count
    }
  }

  var file: ScratchFile {
    switch storage {
    case .bytes(let values): values.file
    case .shorts(let values): values.file
    case .integers(let values), .scaled(let values, _): values.file
    case .doubles(let values): values.file
    }
  }

  var areWhole: Bool {
    switch storage {
    case .bytes, .shorts, .integers: true
    case .doubles, .scaled: false
    }
  }

  var areBytes: Bool { if case .bytes = storage { true } else { false } }

  subscript(row: Int) -> Double {
    switch storage {
    case .bytes(let values): Double(values[row])
    case .shorts(let values): Double(values[row])
    case .integers(let values): Double(values[row])
    case .doubles(let values): values[row]
    case .scaled(let counts, let unit): unit.number(counts[row])
    }
  }

  func text(at row: Int) -> String {
    switch storage {
    case .bytes(let values): String(values[row])
    case .shorts(let values): String(values[row])
    case .integers(let values): String(values[row])
    case .doubles, .scaled: NumberText.shortest(self[row])
    }
  }

  /// A copy in memory.
  var inMemory: Column.Values {
    switch storage {
    case .bytes(let values): .bytes(values.array)
    case .shorts(let values): .shorts(values.array)
    case .integers(let values): .integers(values.array)
    case .doubles(let values): .doubles(values.array)
    case .scaled(let counts, let unit): .scaled(ScaledNumbers(counts: counts.array, unit: unit))
    }
  }

  /// Returns the numbers of `rows` in memory, in that order.
  func selecting(_ rows: [Int]) -> Column.Values {
    switch storage {
    case .bytes(let values): .bytes(values.selecting(rows))
    case .shorts(let values): .shorts(values.selecting(rows))
    case .integers(let values): .integers(values.selecting(rows))
    case .doubles(let values): .doubles(values.selecting(rows))
    case .scaled(let counts, let unit): .scaled(ScaledNumbers(counts: counts.selecting(rows), unit: unit))
    }
  }

  /// Gives the pages of the numbers back, which are mapped again when they are read.
  func forget() {
    switch storage {
    case .bytes(let values): values.forget()
    case .shorts(let values): values.forget()
    case .integers(let values), .scaled(let values, _): values.forget()
    case .doubles(let values): values.forget()
    }
  }
}
