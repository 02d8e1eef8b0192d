extension Frame {
  /// Returns at most `limit` rows, evenly spaced over the table.
  package func sample(atMost limit: Int) -> Frame {
    let step = max(1, rowCount / limit)
    return selecting(Array(stride(from: 0, to: rowCount, by: step).prefix(limit)))
  }

  /// Returns the rows with the given indexes, in that order.
  package func selecting(_ rows: [Int]) -> Frame {
    with(columns.map { $0.selecting(rows) })
  }
}

extension Column {
  /// Returns the values of the given rows in memory, in that order; the levels are unchanged.
  package func selecting(_ rows: [Int]) -> Column {
    var missing = RowSet()
    for (index, row) in rows.enumerated() where self.missing.contains(row) { missing.insert(index) }
    let values: Values =
      switch values {
      case .bytes(let values): .bytes(rows.map { values[$0] })
      case .shorts(let values): .shorts(rows.map { values[$0] })
      case .integers(let values): .integers(rows.map { values[$0] })
      case .doubles(let values): .doubles(rows.map { values[$0] })
      case .scaled(let numbers): .scaled(numbers.selecting(rows))
      case .sparse(let numbers): .sparse(numbers.selecting(rows))
      case .coded(let codes, let levels): .coded(codes.selecting(rows), levels: levels)
      case .packed(let values): .packed(values.selecting(rows))
      case .mapped(let numbers): numbers.selecting(rows)
      }
    return Column(name: name, values: values, missing: missing, isTime: isTime)
  }
}
