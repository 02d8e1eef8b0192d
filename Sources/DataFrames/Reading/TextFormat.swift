/// A format of lines of text, with everything that is known before the rows are read.
protocol TextFormat: SendableMetatype {
  /// Returns true for a text of this format.
  static func recognises(_ text: TextBeginning) -> Bool

  init(_ text: TextBeginning) throws(FrameError)

  var layout: TableLayout { get }
  var names: [String] { get }
  var kinds: [ColumnBuilder.Kind] { get }
  /// Categorical columns in which 0 stands for a missing level.
  var zerosMissing: Set<Int> { get }
  /// True if the file itself declares the types of its columns.
  var declaresTypes: Bool { get }
  /// The formats of times that the file declares, by column.
  var dateFormats: [String: String] { get }
  /// The character that separates fields, which is no decimal mark.
  var separatorByte: UInt8 { get }
  /// The records of formats whose quoted fields may contain line ends; nil if every line end ends a record.
  var recordEnds: RecordEnds? { get }
  /// The index of the first feature, for formats that number them.
  var indexBase: Int? { get }
  /// Sentences about close calls of the guess.
  var warnings: [String] { get }

  /// Returns the parser of the rows; `missing` holds the texts that count as missing, by column.
  func parser(plans: [ColumnPlan], missing: [MissingFields], options: ReadOptions) -> any BlockParser
}

extension TextFormat {
  var zerosMissing: Set<Int> { [] }
  var declaresTypes: Bool { false }
  var dateFormats: [String: String] { [:] }
  var separatorByte: UInt8 { UInt8(ascii: ",") }
  var recordEnds: RecordEnds? { nil }
  var indexBase: Int? { nil }
  var warnings: [String] { [] }

  /// Returns the parser that reads the columns according to `plans`.
  func parser(plans: [ColumnPlan], options: ReadOptions) -> any BlockParser {
    parser(plans: plans, missing: missingFields(plans, options), options: options)
  }

  /// Returns the texts that count as missing in each column; columns share the few distinct rules.
  private func missingFields(_ plans: [ColumnPlan], _ options: ReadOptions) -> [MissingFields] {
    let numbers = options.missingFields(isLevel: false)
    let levels = options.missingFields(isLevel: true)
    let levelsWithoutZero = options.missingFields(isLevel: true, zeroIsMissing: true)
    let zerosMissing = zerosMissing
    return plans.indices.map { column in
      switch plans[column].kind {
      case .level, .text: zerosMissing.contains(column) ? levelsWithoutZero : levels
      case .number, .time:
        options.knownNotations[names[column]]?.missingWords.map {
          options.missingFields(isLevel: false, others: $0)
        } ?? numbers
      case .sparse, .skipped: numbers
      }
    }
  }
}

/// The beginning of a text, from which its format is recognised.
struct TextBeginning {
  /// The purpose of reading, which determines how much of the text may be scanned first.
  enum Purpose {
    /// The whole text, which can be read twice.
    case frame
    /// The rows as they come, for a model that names its columns.
    case stream
    /// Only the beginning.
    case outline
  }

  let bytes: UnsafeBufferPointer<UInt8>
  /// The name of the table in messages.
  let path: String
  let options: ReadOptions
  let purpose: Purpose
  /// The text from the beginning, for formats whose beginning does not state their width; rewind it after use.
  let blocks: TextBlocks

  /// The encoding of the text: that of its beginning, or windows-1252 where that is not UTF-8.
  var encoding: TableLayout.Encoding {
    if let converted = blocks.convertedEncoding { return converted }
    var end = bytes.count
    // A block may end in the middle of a character.
    while end > 0, bytes.count - end < 4, bytes[end - 1] >= 0x80 { end -= 1 }
    let isCut = bytes.count >= TextBlocks.blockBytes
    let text = UnsafeBufferPointer(rebasing: bytes.prefix(isCut ? end : bytes.count))
    return text.allSatisfy { $0 < 0x80 } || String(validating: text, as: UTF8.self) != nil ? .utf8 : .windows1252
  }
}
