/// The agreement of a table's columns with the notations of another table.
///
/// A column whose fields fit two notations follows the other table, unless more columns contradict it than agree. In a
/// text that is separated at commas, a decimal comma needs a column that agrees.
struct NotationAgreement {
  private let known: [ColumnNotation?]
  private let evidence: [FieldEvidence]
  private let marksAgree: Bool
  private let ordersAgree: Bool

  /// - Parameters:
  ///   - known: The notations of the other table, by column.
  ///   - evidence: The fields of this table, by column.
  ///   - separator: The character between the fields.
  init(_ known: [ColumnNotation?], _ evidence: [FieldEvidence], separator: UInt8) {
    self.known = known
    self.evidence = evidence
    var (marks, orders) = (0, 0)
    for (notation, found) in zip(known, evidence) {
      if let mark = notation?.decimalMark, let own = found.settledMark { marks += own == mark ? 1 : -1 }
      if let order = notation?.dateOrder, let own = found.settledOrder { orders += own == order ? 1 : -1 }
    }
    marksAgree = separator == UInt8(ascii: ",") ? marks > 0 : marks >= 0
    ordersAgree = orders >= 0
  }

  /// Returns the decimal mark for a column that fits both; nil if the other table does not tell.
  func mark(_ column: Int) -> DecimalMark? {
    marksAgree || evidence[column].ambiguous == 0 ? known[column]?.decimalMark : nil
  }

  /// Returns the order of day and month for a column that fits both; nil if the other table does not tell.
  func order(_ column: Int) -> DateOrder? {
    known[column]?.dateOrder.map { ordersAgree ? $0 : $0.other }
  }
}
