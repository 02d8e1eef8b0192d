package import DataFrames

extension Model {
  /// How a table is read that the model is to score: as `options` say, but only the columns that the model looks at, with
  /// the types that it knows; guessing them anew could disagree.
  package func readOptions(_ options: ReadOptions) -> ReadOptions {
    var options = options
    // A row that lies on the threshold must not fall on the other side because it is read otherwise than in training.
    options.rules = rules.tables
    let offset = encoding.offset.map { [(name: $0, type: ColumnType.number)] } ?? []
    options.knownTypes = Dictionary((encoding.sources + offset).map { ($0.name, $0.type) }) { first, _ in first }
    options.onlyColumns = Set(options.knownTypes.keys).union(options.columnTypes.keys)
    return options
  }
}
