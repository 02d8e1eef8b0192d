/// The names by which people look for keys, blocks and values.
extension ParameterCatalogue {
  /// The names of the blocks of a job file.
  enum Block {
    static let job = "job"
    static let grid = "grid"
    static let criteria = "grid.search_criteria"
    static let hyperParameters = "grid.hyper_params"

    /// The names of blocks without their own block, and in other tools.
    static let otherNames = [
      "hyper_params": hyperParameters, "hyper_parameters": hyperParameters, "param_grid": hyperParameters,
      "params": hyperParameters, "search_space": hyperParameters, "search_criteria": criteria, "scheduling": job,
    ]
  }

  /// What a name means.
  package enum Meaning {
    /// One key.
    case key(any ParameterRow)
    /// The keys of a block.
    case block([any ParameterRow])
    /// A value of one or several keys; the sentence says of which.
    case value(sentence: String, [any ParameterRow])
  }

  /// The description of `grid.hyper_params`.
  package var hyperParameters: any ParameterRow { HyperParametersRow() }

  /// The rows for readers: all rows, and `grid.hyper_params`.
  package var describedRows: [any ParameterRow] {
    let first = allRows.firstIndex { $0.group == .grid } ?? allRows.endIndex
    return Array(allRows[..<first]) + [hyperParameters] + allRows[first...]
  }

  /// The known key or block for each name that other tools give it, and for each key without its block.
  static let allOtherNames = shared.otherNames
    .merging(Block.otherNames) { own, _ in own }.merging(shared.keysWithoutBlock) { own, _ in own }

  /// Returns the known key for each other name, as keys of a block.
  ///
  /// `prefix`: The path of the block, each part with a dot; empty for the job file itself.
  static func otherNames(in prefix: String) -> [String: String] {
    guard !prefix.isEmpty else { return allOtherNames }
    return Dictionary(
      uniqueKeysWithValues: allOtherNames.compactMap { name, key in
        key.hasPrefix(prefix) ? (prefix + name, key) : nil
      })
  }

  /// Returns what a name means: a key, a block, another name of either, or a value; nil for an unknown name.
  package func meaning(of name: String) -> Meaning? {
    let word = name.lowercased()
    if let found = entry(word) { return found }
    let blocks = [Block.job, Block.grid, Block.criteria]
    let other = Self.allOtherNames[word] ?? blocks.compactMap { Self.otherNames(in: "\($0).")[word] }.first
    return other.flatMap(entry) ?? value(name)
  }

  /// Returns the key or block of this name.
  private func entry(_ name: String) -> Meaning? {
    if let row = describedRows.first(where: { $0.key == name }) { return .key(row) }
    let block = describedRows.filter { $0.key.hasPrefix("\(name).") }
    return block.isEmpty ? nil : .block(block)
  }

  /// Returns the keys that have a value of this name, those that spell it so first.
  private func value(_ name: String) -> Meaning? {
    let found = allRows.compactMap { row in row.choices.first { $0.matches(name) }.map { (row: row, choice: $0) } }
    guard !found.isEmpty else { return nil }
    let exact = found.filter { $0.choice.value == name }
    let similar = found.filter { $0.choice.value != name && $0.choice.isValue }
    let meant = found.filter { !$0.choice.isValue }
    var sentences: [String] = []
    let keys = exact.map(\.row.key) + similar.map { "\($0.row.key) (\($0.choice.value))" }
    if !keys.isEmpty { sentences.append("\(name) is a value of \(keys.joined(separator: ", "))") }
    if !meant.isEmpty {
      let values = meant.map { "\($0.row.key): \($0.choice.value)" }.joined(separator: ", or ")
      sentences.append("\(name) is \(values)")
    }
    return .value(sentence: sentences.joined(separator: "; "), (exact + similar + meant).map(\.row))
  }
}
