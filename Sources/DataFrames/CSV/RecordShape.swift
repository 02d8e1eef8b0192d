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
  /// The reason to doubt that the records begin with names of rows, as a sentence for users; nil for names as R writes them.
  private(set) var doubt: String?
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
      doubt = Self.doubt(sample, missing: missing)
    } else if isEven, first.count == width + 1, first.last?.text.isEmpty == true {
      difference = .trailingSeparatorInHeader
    } else {
      difference = .other
    }
  }

  private static func doubt(_ sample: SampledRecords, missing: Set<String>) -> String? {
    let names = sample.body.compactMap(\.first)
    // By default, R quotes the names of rows.
    guard !names.allSatisfy(\.isQuoted) else { return nil }
    let second = sample.first.first.map { ", and the second as '\($0.text)'" } ?? ""
    let beginning =
      "the lines have one field more than the header, so the first is read as the name of the row\(second); if the header "
      + "lacks a name, add it"
    guard names.contains(where: { CellShape($0.text, missing: missing) == .word }) else { return beginning }
    let areSingleQuoted = sample.body.contains { record in
      zip(record, record.dropFirst()).contains { $0.text.hasPrefix("'") && $1.text.hasSuffix("'") }
    }
    return beginning + "; if a field holds the separator, enclose it in double quotes"
      + (areSingleQuoted ? ", because single quotes enclose no field" : "")
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
