/// The doubt about numbers such as `1,234` and `1.234`, where no other number of the table settles the decimal mark.
struct DecimalDoubt {
  /// A column of numbers that nobody has declared.
  struct Column {
    let mark: DecimalMark
    let notes: FieldNotes
    /// The fields of a sample.
    let sample: FieldEvidence
    /// Judges all numbers of the column, which takes a while.
    let rows: () -> GroupedRows

    /// The mark that the column settles; nil for a column that settles none.
    var settled: DecimalMark? {
      if notes.areMarksFirm { return mark }
      return sample.firmMark ?? (mark == .point && notes.ambiguous.count == 0 && rows() == .decimals ? .point : nil)
    }

    /// A number that either mark explains, if all numbers with a mark are such.
    var doubtful: String? {
      guard !notes.areMarksFirm, sample.firmMark == nil else { return nil }
      if let found = notes.ambiguous.first { return found.text }
      guard mark == .point, let text = sample.ambiguousText, rows() == .possible else { return nil }
      return text
    }
  }

  /// The number, and the mark that it is read with.
  let text: String
  let mark: DecimalMark

  /// Returns nil if no number is doubtful, or other columns settle the mark.
  ///
  /// - Parameters:
  ///   - columns: The columns of numbers.
  ///   - sampled: The marks that samples of all columns show.
  ///   - separator: The character between fields; commas and blanks separate where the point is the decimal mark.
  init?(_ columns: [Column], sampled: [DecimalMark], separator: UInt8) {
    guard separator != UInt8(ascii: ",") else { return nil }
    var found: (text: String, mark: DecimalMark)?
    for column in columns {
      guard let text = column.doubtful else { continue }
      // Programs write 1.234 with blanks between fields, and workbooks hold numbers.
      let isPoint = column.mark == .point && !text.contains(",")
      if isPoint, separator == UInt8(ascii: " ") || (separator < UInt8(ascii: " ") && separator != UInt8(ascii: "\t")) {
        continue
      }
      found = (text, column.mark)
      break
    }
    guard let found else { return nil }
    let others = Set(columns.compactMap(\.settled) + sampled)
    guard others != [found.mark] else { return nil }
    (text, mark) = found
  }

  /// Returns what is read, and the key that settles it.
  func sentence(_ keys: KeyPlace) -> String {
    let written = text.last { $0 == "," || $0 == "." } ?? ","
    let isDecimal = String(written) == mark.rawValue
    return "the \(written == "," ? "comma" : "point") in '\(TypeSentence.short(text))' is read as "
      + (isDecimal ? "a decimal mark" : "a separator of thousands")
      + "; if this is wrong, state decimal: '\(mark == .comma ? "." : ",")'\(keys.words)"
  }
}
