/// The rules for reading a table where the job is silent, and for its missing and unknown values.
///
/// The defaults are the correct rules; a model keeps the rules that it was trained with.
package struct TableRules: Sendable, Equatable {
  // MARK: Reading

  package var fields = FieldReading.exact
  package var levelOrder = LevelOrder.bySize
  package var types = TypeGuess.byEvidence
  package var missingLevels = MissingLevels.wordsAndEmptyFields

  // MARK: Encoding rows

  /// The replacement for a missing number in scoring; in training it is the mean.
  package var scoredGaps = MissingNumber.mean
  /// The unit for a missing level in training; in scoring it is the missing unit.
  package var trainedGaps = MissingLevel.missingUnit
  package var sparseTraining = SparseTraining.asScored
  package var hashedLevels = HashedLevels.withUnits
  package var unknownClasses = UnknownClasses.notScored
  package var offsets = OffsetMeaning.summand

  package init() {}
}

/// The fields of a categorical column that count as missing if the job gives no list.
package enum MissingLevels: Sendable {
  /// Empty fields, empty quotes, and words such as NA.
  case wordsAndEmptyFields
  /// Only empty fields without quotes; everything else is a level.
  case emptyFields
}

/// The replacement for a missing number.
package enum MissingNumber: Sendable {
  case mean
  /// An input of zero, which equals the mean only if inputs are standardised.
  case zeroInput
}

/// The unit that a missing level turns on.
package enum MissingLevel: Sendable {
  case missingUnit
  /// The unit of the last real level, if the first level has none.
  case lastLevelUnit
}

/// The encoding of a sparse table's rows for training.
package enum SparseTraining: Sendable {
  case asScored
  /// Numbers are not centred, and rows with unused slots lose the first input.
  case losesFirstInput
}

/// The levels of hashed columns that are hashed in scoring.
package enum HashedLevels: Sendable {
  /// Levels with a unit.
  case withUnits
  /// All levels, including a first level without a unit.
  case all
}

/// The treatment of rows with an unknown class, for models of more than two classes.
package enum UnknownClasses: Sendable {
  case notScored
  /// They count as misclassified.
  case wrong
}

/// The meaning of an offset.
package enum OffsetMeaning: Sendable, Codable {
  /// A summand on the scale of the link function.
  case summand
  /// A replacement for the mean of the response, if above 0.
  case meanIfPositive
}
