extension JobFile {
  private static let tableKeys: [any ParameterKey & Sendable] = [\.trainingFrame, \.validationFrame, \.frame]

  /// The tables that the job names, each with its key.
  package var namedTables: [(key: ParameterKey, table: TableNames)] {
    let tables: [TableNames?] = [self.trainingFrame, self.validationFrame, self.frame]
    return zip(Self.tableKeys, tables).compactMap { key, table in table.map { (key as ParameterKey, $0) } }
  }

  /// All files that the job names: tables, initial weights and biases.
  package var namedFiles: [(key: ParameterKey, name: String)] {
    let tables = namedTables.flatMap { key, table in table.names.map { (key: key, name: $0) } }
    let weights = self.initialWeights.compactMap { $0 }.map { (key: \.initialWeights as ParameterKey, name: $0) }
    let biases = self.initialBiases.compactMap { $0 }.map { (key: \.initialBiases as ParameterKey, name: $0) }
    return tables + weights + biases
  }
}
