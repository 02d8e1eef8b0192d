extension Frame {
  /// The types of the columns, with which another table can be read alike.
  ///
  /// Sparse columns are left out: their file format implies the type.
  package var types: [String: ColumnType] {
    var types: [String: ColumnType] = [:]
    for column in columns {
      if case .sparse = column.values { continue }
      types[column.name] = column.type
    }
    return types
  }

  /// Adds zero columns for those of `columns` that an open-ended table lacks; returns other tables unchanged.
  func widened(to columns: [(name: String, type: ColumnType)]) -> Frame {
    guard isOpenEnded else { return self }
    let further = columns.filter { column(named: $0.name) == nil }.map {
      Column.zeros(named: $0.name, type: $0.type, rowCount: rowCount)
    }
    guard !further.isEmpty else { return self }
    return with(self.columns + further)
  }
}

extension Column {
  package var type: ColumnType {
    if isTime { return .time }
    return switch values {
    case .bytes, .shorts, .integers, .doubles, .scaled, .sparse, .mapped: .number
    case .coded: .categorical
    case .packed: .text
    }
  }

  /// Returns a column in which every row holds 0, as a number, level or text.
  fileprivate static func zeros(named name: String, type: ColumnType, rowCount: Int) -> Column {
    let values: Values =
      switch type {
      case .number, .time: .sparse(SparseNumbers(rows: [], numbers: [], rowCount: rowCount))
      case .categorical: .categorical([Int32](repeating: 0, count: rowCount), levels: ["0"])
      case .text: .text([String](repeating: "0", count: rowCount))
      }
    return Column(name: name, values: values, missing: RowSet(), isTime: type == .time)
  }
}
