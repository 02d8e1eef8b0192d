internal import DataFrames

extension RankGroup {
  /// Returns the rows of rank 0 on all ranks, as far as training needs them; other ranks pass nil.
  func shared(_ rows: EncodedRows?) -> EncodedRows { RowCourier.broadcast(self).carry(rows) }

  /// Sends rows from rank 0 to one other rank, in parts; only rank 0 may call it.
  ///
  /// The other ranks call ``receivedRows()``, once for all of them.
  ///
  /// - Parameters:
  ///   - numbers: The rows, by their numbers in the table.
  ///   - partSize: The number of rows that are sent together.
  ///   - receiver: The rank.
  ///   - rows: Returns the rows with some numbers.
  func give(_ numbers: [Int], inPartsOf partSize: Int, to receiver: Int, _ rows: (ArraySlice<Int>) -> EncodedRows) {
    let parts = numbers.parts(of: partSize)
    _ = shared([Int64(numbers.count), Int64(parts.count)])
    for part in parts {
      var letters = [[UInt8]](repeating: [], count: count)
      letters[receiver] = RowCourier.bytes(of: rows(part))
      _ = exchanged(letters)
    }
  }

  /// Returns the rows that rank 0 gives to this rank, while it gives rows to all others one after the other.
  ///
  /// - Throws: ``RankFault/unknownOrder`` if the ranks run different programs.
  func receivedRows() throws(RankFault) -> EncodedRows {
    var received: EncodedRows?
    for receiver in 1..<count {
      let sizes = shared([Int64]())
      guard sizes.count == 2 else { throw .unknownOrder }
      var collector = RowCollector(rowCount: Int(sizes[0]))
      for _ in 0..<sizes[1] {
        let letter = exchanged([[UInt8]](repeating: [], count: count))[0]
        guard receiver == rank else { continue }
        guard let part = RowCourier.rows(letter) else { throw .unknownOrder }
        collector.append(part)
      }
      if receiver == rank { received = collector.rows }
    }
    guard let received else { throw .unknownOrder }
    return received
  }
}

extension [Int] {
  /// Returns parts of at most `size` elements; one of none if the array is empty.
  func parts(of size: Int) -> [ArraySlice<Int>] {
    stride(from: 0, to: Swift.max(1, count), by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
