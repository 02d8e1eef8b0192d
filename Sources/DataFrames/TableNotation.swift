/// The notation that reading settled for a table, so that other tables are read alike.
///
/// A model keeps the notation of its training table: the same text means the same value in every table that it
/// predicts.
package struct TableNotation: Sendable, Codable, Equatable {
  /// The notations of numbers and dates, by column.
  package var columns: [String: ColumnNotation] = [:]
  /// The index of the first feature of an SVMLight file.
  package var indexBase: Int?
  /// The stated words for missing values, sorted; nil for the usual words.
  package var missingWords: [String]?
  /// The new names of levels, by column; nil for none.
  package var renamedLevels: [String: [String: String]]?

  package init() {}

  /// The notation that `options` state or know.
  init(stated options: ReadOptions) {
    columns = options.knownNotations
    missingWords = options.missingWords?.sorted()
    renamedLevels = options.renamedLevels.isEmpty ? nil : options.renamedLevels
  }

  package var isEmpty: Bool { self == TableNotation() }

  /// Returns the notation without columns other than `names`.
  package func restricted(to names: Set<String>) -> TableNotation {
    var notation = self
    notation.columns = columns.filter { names.contains($0.key) }
    notation.renamedLevels = renamedLevels?.filter { names.contains($0.key) }
    if notation.renamedLevels?.isEmpty == true { notation.renamedLevels = nil }
    return notation
  }
}

extension ReadOptions {
  /// Takes from `notation` what these options leave open.
  ///
  /// The notation of a column decides where its fields fit several. Fields that fit only another notation are read in
  /// that one, with a warning that names `source`. H2O's rules know no earlier table.
  ///
  /// - Parameters:
  ///   - notation: The notation of another table.
  ///   - source: The name of that table in warnings.
  package mutating func adopt(_ notation: TableNotation, of source: String) {
    guard rules.types == .byEvidence else { return }
    knownNotations = notation.columns
    notationSource = source
    indexBase = indexBase ?? notation.indexBase
    missingWords = missingWords ?? notation.missingWords.map(Set.init)
    renamedLevels.merge(notation.renamedLevels ?? [:]) { own, _ in own }
  }
}
