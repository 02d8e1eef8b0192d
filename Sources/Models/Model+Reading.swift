package import DataFrames

extension Model {
  /// Returns the options for reading a table that the model will score.
  ///
  /// They extend `options`: only the columns that the model uses are read, with the types that it
  /// knows, because guessing them again could give other types. Numbers and dates whose notation is open are read as in
  /// the training table.
  package func readOptions(_ options: ReadOptions) -> ReadOptions {
    var options = options
    // The rules of training apply, so that no row near the threshold changes sides because it is read differently.
    options.rules = rules.tables
    let offset = encoding.offset.map { [(name: $0, type: ColumnType.number)] } ?? []
    options.knownTypes = Dictionary((encoding.sources + offset).map { ($0.name, $0.type) }) { first, _ in first }
    options.adopt(notation, of: "the training table")
    options.onlyColumns = Set(options.knownTypes.keys).union(options.columnTypes.keys)
    return options
  }
}
