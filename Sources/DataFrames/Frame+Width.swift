extension Frame {
  /// What the columns were read as, so that another table can be read alike; of sparse ones their format tells.
  package var types: [String: ColumnType] {
    var types: [String: ColumnType] = [:]
    for column in columns {
      if case .sparse = column.values { continue }
      types[column.name] = column.type
    }
    return types
  }

  /// An open-ended table with zeros in those of the columns that it lacks; other tables as they are.
  func widened(to columns: [(name: String, type: ColumnType)]) -> Frame {
    guard isOpenEnded else { return self }
    let further = columns.filter { column(named: $0.name) == nil }.map {
      Column.zeros(named: $0.name, type: $0.type, rowCount: rowCount)
    }
    guard !further.isEmpty else { return self }
    return Frame(path: path, columns: self.columns + further, warnings: warnings, isOpenEnded: true)
  }
}

extension Column {
  /// What the column holds.
  package var type: ColumnType {
    if isTime { return .time }
    return switch values {
    case .bytes, .shorts, .integers, .doubles, .sparse: .number
    case .categorical: .categorical
    case .text: .text
    }
  }

  /// A column of zeros: the number, the level or the text.
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
