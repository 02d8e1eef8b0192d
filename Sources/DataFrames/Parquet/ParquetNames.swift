internal import Wording

/// The columns of a Parquet file by their names in the table, and warnings about those that it cannot hold.
struct ParquetNames {
  private(set) var columns: [ParquetTable.NamedColumn] = []
  private(set) var warnings: [String] = []

  /// - Throws: ``FrameError/columnCount(path:expected:found:)`` if the job names another number of columns.
  init(_ schema: ParquetSchema, path: String, options: ReadOptions) throws(FrameError) {
    guard options.columnNames.isEmpty || options.columnNames.count == schema.columns.count else {
      throw .columnCount(
        path: path, expected: options.columnNames.count, found: schema.columns.count)
    }
    var seen: Set<String> = []
    var free = FreeNames(used: Set(schema.columns.map(\.name)))
    for (index, column) in schema.columns.enumerated() {
      var name = options.columnNames.isEmpty ? column.name : options.columnNames[index]
      if seen.insert(name).inserted {
        free.use(name)
      } else {
        let other = free.take(name, isTaken: true)
        warnings.append("'\(path)': another column is called '\(name)'; the second is read as '\(other)'")
        name = other
        seen.insert(name)
      }
      columns.append(ParquetTable.NamedColumn(name: name, column: column))
    }
    let nested = schema.nested.filter { options.kind(of: $0) != .skipped }
    if !nested.isEmpty {
      let names =
        nested.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
        + (nested.count > 10 ? ", ..." : "")
      warnings.append(
        "'\(path)': \(NumberText.count(nested.count, "column")) of lists, maps or groups \(nested.count == 1 ? "is" : "are") "
          + "not read: \(names); unnest them to use them")
    }
    for (name, type) in schema.foreign where options.kind(of: name) != .skipped {
      warnings.append("'\(path)': column '\(name)' has type \(type), which is not read")
    }
  }
}
