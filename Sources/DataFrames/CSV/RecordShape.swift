/// The relation of the first record to the records below it, where it has more or fewer fields.
struct RecordShape {
  enum Difference {
    case none
    /// The records below end in a separator that the first lacks.
    case trailingSeparator
    /// The records below begin with the name of the row, as R writes them.
    case rowNames
    /// The first record ends in a separator that the records below lack.
    case trailingSeparatorInHeader
    /// The numbers of fields differ in another way.
    case other
  }

  let difference: Difference
  /// True if the first record can be the header of the others.
  var fitsHeader: Bool { difference != .other }

  init(_ sample: SampledRecords, separator: UInt8, missing: Set<String>) {
    let (first, body, width) = (sample.first, sample.body, sample.width)
    guard !body.isEmpty, first.count != width else {
      difference = .none
      return
    }
    let isEven = body.allSatisfy { $0.count == width }
    if isEven, first.count == width - 1, body.allSatisfy({ $0.last?.text.isEmpty == true }) {
      difference = .trailingSeparator
    } else if isEven, first.count == width - 1, Self.hasRowNames(sample, missing: missing) {
      difference = .rowNames
    } else if isEven, first.count == width + 1, first.last?.text.isEmpty == true {
      difference = .trailingSeparatorInHeader
    } else {
      difference = .other
    }
  }

  /// Returns true if the first field of each record is a distinct word, quoted text, or the number of its row.
  private static func hasRowNames(_ sample: SampledRecords, missing: Set<String>) -> Bool {
    let names = sample.body.compactMap(\.first)
    guard names.allSatisfy({ !$0.text.isEmpty }), Set(names.map(\.text)).count == names.count else { return false }
    if names.allSatisfy(\.isQuoted) { return true }
    // A single record with one field too many is more likely a mistake.
    guard names.count > 1 else { return false }
    let shapes = names.map { CellShape($0.text, missing: missing) }
    let first = sample.first.map { CellShape($0.text, missing: missing) }
    guard first.allSatisfy({ !$0.isNumber && $0 != .time }) else { return false }
    if shapes.allSatisfy({ $0 == .word }) { return sample.width > 2 }
    let numbers = shapes.map { if case .wholeNumber(let number) = $0 { number } else { Int.min } }
    guard let start = numbers.first, start == 0 || start == 1 else { return false }
    return numbers.enumerated().allSatisfy { $1 == start + $0 }
  }
}
