/// The layout of a table, as stated by the job or guessed from its beginning.
package struct TableLayout: Sendable, Equatable {
  /// A format of tables; each declares its value beside its reader.
  package struct Format: Sendable, Hashable {
    /// How files of a format name their columns.
    package enum ColumnNames: Sendable {
      /// Every file states them.
      case stated
      /// The first record may hold them, which is guessed.
      case optional
      /// Columns have numbers, any number of them.
      case numbered
    }

    /// The name that descriptions give.
    package let name: String
    package let columnNames: ColumnNames
  }

  package enum Encoding: String, Sendable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case windows1252 = "windows-1252"
    case macRoman = "MacRoman"
    case codePage850 = "CP850"
  }

  package var format: Format
  /// Nil for binary formats.
  package var encoding: Encoding?
  /// Nil for formats without separators.
  package var separator: Character?
  /// Nil for binary formats.
  package var decimalMark: DecimalMark?
  /// True if the first record holds the names of the columns.
  package var hasHeader: Bool
  /// The number of lines above the header that were recognised as titles, and are not read.
  package var titleLines = 0
  /// The columns of numbers that lose digits as numbers, such as `01067`.
  package var codes: Set<String> = []
  /// The columns of numbers with a unit, such as `1.5 kg`, which are categorical for it, and their units.
  package var units: [String: String] = [:]
  /// The stated keys that the text contradicts.
  package var contradictions: [ContradictedKey] = []
  /// The notation of the columns.
  package var notation = TableNotation()

  package init(
    format: Format, encoding: Encoding? = nil, separator: Character? = nil, decimalMark: DecimalMark? = nil,
    hasHeader: Bool
  ) {
    self.format = format
    self.encoding = encoding
    self.separator = separator
    self.decimalMark = decimalMark
    self.hasHeader = hasHeader
  }
}

/// The character between the whole part and the fraction of a number.
package enum DecimalMark: String, Sendable, CaseIterable, Codable {
  case point = "."
  case comma = ","
}
