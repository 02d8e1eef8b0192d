package import JobFiles

/// How the text of a table is understood where a job says nothing about it.
package struct ImportRules: Sendable {
  package let fields: FieldReading
  package let levelOrder: LevelOrder
  package let types: TypeGuess
  /// Whether words such as NA are missing in columns of words too, or only in those of numbers and times.
  package let wordsCanBeMissing: Bool

  /// What a job or a model with these quirks goes by.
  package init(_ quirks: H2OQuirks) {
    fields = quirks.contains(.fieldsAsImported) ? .asInH2O : .correct
    levelOrder = quirks.contains(.levelsSortAsWords) ? .asWords : .bySize
    types = quirks.contains(.typesByMajority) ? .byMajority : .allMustFit
    wordsCanBeMissing = !quirks.contains(.onlyEmptyLevelsAreMissing)
  }
}
