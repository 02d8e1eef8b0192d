/// The decimal mark that the columns of a table agree on, for columns whose numbers either mark explains.
enum DecimalVote {
  /// Counts the columns whose numbers show one mark.
  ///
  /// - Parameters:
  ///   - evidence: The fields of a sample, by column.
  ///   - separator: The character between fields, which is no decimal mark.
  /// - Returns: The mark that more columns show.
  static func mark(_ evidence: [FieldEvidence], separator: UInt8) -> DecimalMark {
    guard separator != UInt8(ascii: ",") else { return .point }
    let votes = evidence.compactMap(\.firmMark)
    let commas = votes.count { $0 == .comma }
    let points = votes.count - commas
    // Excel separates by semicolons where the comma is the decimal mark.
    guard commas == 0, points == 0, separator == UInt8(ascii: ";") else { return commas > points ? .comma : .point }
    return evidence.contains { $0.ambiguousText?.contains(",") == true } ? .comma : .point
  }
}
