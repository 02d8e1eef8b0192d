/// The characters that divide a delimited text into records and fields.
struct CSVSyntax: Sendable, Equatable {
  /// The ways to write a quote inside a quoted field.
  enum QuoteEscape: Sendable {
    /// `""`, as in RFC 4180.
    case doubled
    /// `\"`, and `\\` for a backslash; doubled quotes are understood too.
    case backslash
    /// None: a quote ends its field only where a separator or a line end follows.
    case missing
  }

  var separator: UInt8
  var quoteEscape = QuoteEscape.doubled
  /// Lines that begin with this character are not records.
  var comment: UInt8?
  /// True for H2O's rules: text behind a closing quote is dropped, and lines of blanks are records.
  var isLoose = false
  /// The number of fields of a record; 0 before it is known.
  var width = 0
  /// True if all records end in a separator that the header lacks.
  var hasTrailingSeparator = false

  init(separator: UInt8) { self.separator = separator }

  /// True if runs of blanks and tabs separate fields, and blanks at the ends of lines do not.
  var joinsBlanks: Bool { separator == UInt8(ascii: " ") && !isLoose }
}
