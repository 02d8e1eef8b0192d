/// A column of a table with the places of its inputs in encoded rows.
package struct ColumnInputs: Sendable, Hashable {
  package let name: String
  package let type: ColumnType
  /// The positions of its categorical columns among those of the encoding.
  let categoricals: [Int]
  /// The positions of its numbers among the numeric inputs, indicators of missing values included.
  let numerics: [Int]
}

extension RowEncoding {
  /// The predictors as columns of the table, with everything that was derived from each of them.
  package var columnInputs: [ColumnInputs] {
    let sources = sources
    // The position of the column from which each input was derived.
    var owners = Dictionary(sources.enumerated().map { ($1.name, $0) }) { first, _ in first }
    for transform in transforms {
      for name in transform.names { owners[name] = owners[transform.source] }
    }
    for (source, indicator) in zip(indicators, indicatorNames) { owners[indicator] = owners[source] }
    var (levels, numbers) = (sources.map { _ in [Int]() }, sources.map { _ in [Int]() })
    for (index, column) in categoricals.enumerated() {
      if let owner = owners[column.name] { levels[owner].append(index) }
    }
    for (index, column) in numerics.enumerated() { if let owner = owners[column.name] { numbers[owner].append(index) } }
    return sources.indices.map { index in
      ColumnInputs(
        name: sources[index].name, type: sources[index].type, categoricals: levels[index], numerics: numbers[index])
    }
  }
}
