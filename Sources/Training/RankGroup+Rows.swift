internal import DataFrames

extension RankGroup {
  /// Returns the rows of rank 0 on all ranks, as far as training needs them; other ranks pass nil.
  func shared(_ rows: EncodedRows?) -> EncodedRows { RowCourier.broadcast(self).carry(rows) }

  /// Sends rows from rank 0 to one other rank; only rank 0 may call it.
  ///
  /// The other ranks call ``receivedRows()``, once for all of them.
  func give(_ rows: EncodedRows, to receiver: Int) {
    var letters = [[UInt8]](repeating: [], count: count)
    letters[receiver] = RowCourier.bytes(of: rows)
    _ = exchanged(letters)
  }

  /// Returns the rows that rank 0 gives to this rank, while it gives rows to all others one after the other.
  ///
  /// - Throws: ``RankFault/unknownOrder`` if the ranks run different programs.
  func receivedRows() throws(RankFault) -> EncodedRows {
    var rows: EncodedRows?
    for receiver in 1..<count {
      let letter = exchanged([[UInt8]](repeating: [], count: count))[0]
      if receiver == rank { rows = RowCourier.rows(letter) }
    }
    guard let rows else { throw .unknownOrder }
    return rows
  }
}
