/// A column as a description and plain bytes, for another process that runs the same program.
///
/// The bytes are those of memory, so that no value changes: numbers keep every bit.
package struct DetachedColumn: Sendable {
  /// The properties of a column besides its rows.
  package struct Form: Sendable, Codable, Equatable {
    fileprivate enum Storage: String, Codable {
      case bytes, shorts, integers, doubles, scaled, sparse, coded, packed
    }

    package let name: String
    fileprivate let storage: Storage
    fileprivate let isTime: Bool
    fileprivate let rowCount: Int
    /// The unit of scaled numbers.
    fileprivate var multiplier = 1.0
    fileprivate var divisor = 1.0
    fileprivate var levels: [String] = []
  }

  package let form: Form
  /// The values in two arrays, of which the second may be empty, and the missing rows.
  package let parts: [[UInt8]]

  /// The number of ``parts``.
  package static let partCount = 3

  package init(_ column: Column) {
    let column = column.inMemory
    var form = Form(
      name: column.name, storage: Self.storage(of: column.values), isTime: column.isTime, rowCount: column.rowCount)
    var (first, second): ([UInt8], [UInt8]) = ([], [])
    switch column.values {
    case .bytes(let values): first = values
    case .shorts(let values): first = RawBytes.of(values)
    case .integers(let values): first = RawBytes.of(values)
    case .doubles(let values): first = RawBytes.of(values)
    case .scaled(let numbers):
      first = RawBytes.of(numbers.counts)
      (form.multiplier, form.divisor) = (numbers.unit.multiplier, numbers.unit.divisor)
    case .sparse(let numbers): (first, second) = (RawBytes.of(numbers.rows), RawBytes.of(numbers.numbers))
    case .coded(let codes, let levels):
      first = RawBytes.of(Array(codes))
      form.levels = levels
    case .packed(let texts):
      var lengths: [Int32] = []
      texts.forEach { _, text in
        lengths.append(Int32(text.count))
        first += text
      }
      second = RawBytes.of(lengths)
    case .mapped: preconditionFailure("a column in memory has no values in a file")
    }
    self.form = form
    parts = [first, second, RawBytes.of(column.missing.rows)]
  }

  private static func storage(of values: Column.Values) -> Form.Storage {
    switch values {
    case .bytes: .bytes
    case .shorts: .shorts
    case .integers: .integers
    case .doubles: .doubles
    case .scaled: .scaled
    case .sparse: .sparse
    case .coded: .coded
    case .packed: .packed
    case .mapped: preconditionFailure("a column in memory has no values in a file")
    }
  }

  /// - `parts`: The ``parts`` of the other process.
  package init(form: Form, parts: [[UInt8]]) {
    precondition(parts.count == Self.partCount, "\(parts.count) parts of column '\(form.name)'")
    self.form = form
    self.parts = parts
  }

  /// The column, equal to the one that was detached.
  package var column: Column {
    var missing = RowSet()
    for row in RawBytes.array(parts[2], of: Int.self) { missing.insert(row) }
    return Column(name: form.name, values: values, missing: missing, isTime: form.isTime)
  }

  private var values: Column.Values {
    switch form.storage {
    case .bytes: .bytes(parts[0])
    case .shorts: .shorts(RawBytes.array(parts[0]))
    case .integers: .integers(RawBytes.array(parts[0]))
    case .doubles: .doubles(RawBytes.array(parts[0]))
    case .scaled:
      .scaled(
        ScaledNumbers(
          counts: RawBytes.array(parts[0]),
          unit: ScaledNumbers.Unit(multiplier: form.multiplier, divisor: form.divisor)))
    case .sparse:
      .sparse(
        SparseNumbers(
          rows: RawBytes.array(parts[0]), numbers: RawBytes.array(parts[1]), rowCount: form.rowCount))
    case .coded: .categorical(RawBytes.array(parts[0]), levels: form.levels)
    case .packed: .packed(texts)
    }
  }

  private var texts: PackedText {
    var texts = PackedText()
    var start = 0
    for length in RawBytes.array(parts[1], of: Int32.self) {
      texts.append(String(decoding: parts[0][start..<start + Int(length)], as: UTF8.self))
      start += Int(length)
    }
    return texts
  }
}
