package import DataFrames
package import JobFiles

extension TableRules {
  /// What a job or a model with these quirks goes by.
  package init(_ quirks: H2OQuirks) {
    self.init()
    if quirks.contains(.fieldsAsImported) { fields = .loose }
    if quirks.contains(.levelsSortAsWords) { levelOrder = .asWords }
    if quirks.contains(.typesByMajority) { types = .byMajority }
    if quirks.contains(.onlyEmptyLevelsAreMissing) { missingLevels = .emptyFields }
    if quirks.contains(.missingIsZeroInScoring) { scoredGaps = .zeroInput }
    if quirks.contains(.missingIsLastLevelInTraining) { trainedGaps = .lastLevelUnit }
    if quirks.contains(.sparseTrainingLosesInputs) { sparseTraining = .losesFirstInput }
    if quirks.contains(.hashingSeesDroppedLevels) { hashedLevels = .all }
    if quirks.contains(.unknownClassesAreWrong) { unknownClasses = .wrong }
    if quirks.contains(.offsetsMustBePositive) { offsets = .meanIfPositive }
  }
}
