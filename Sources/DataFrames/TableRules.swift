/// How the text of a table is understood where a job says nothing about it, and what its gaps and strangers become.
///
/// The defaults are the correct ones; a model keeps the rules that it was trained with.
package struct TableRules: Sendable, Equatable {
  // MARK: Reading

  package var fields = FieldReading.exact
  package var levelOrder = LevelOrder.bySize
  package var types = TypeGuess.allMustFit
  package var missingLevels = MissingLevels.wordsAndEmptyFields

  // MARK: Encoding rows

  /// What a missing number becomes in scoring; in training it is the mean.
  package var scoredGaps = MissingNumber.mean
  /// Which unit a missing level turns on in training; in scoring it is the one for missing levels.
  package var trainedGaps = MissingLevel.missingUnit
  package var sparseTraining = SparseTraining.asScored
  package var hashedLevels = HashedLevels.withUnits
  package var unknownClasses = UnknownClasses.notScored
  package var offsets = OffsetMeaning.summand

  package init() {}
}

/// Which fields of a column of levels count as missing where the job gives no list.
package enum MissingLevels: Sendable {
  /// Empty fields, empty quotes, and words such as NA.
  case wordsAndEmptyFields
  /// Empty fields without quotes only; everything else is a level.
  case emptyFields
}

/// What a missing number becomes.
package enum MissingNumber: Sendable {
  case mean
  /// The input itself is zero, which is the mean only where inputs are standardised.
  case zeroInput
}

/// Which unit a missing level turns on.
package enum MissingLevel: Sendable {
  case missingUnit
  /// The unit of the last real level, where the first level has none.
  case lastLevelUnit
}

/// How the rows of a sparse table are encoded for training.
package enum SparseTraining: Sendable {
  /// As for scoring.
  case asScored
  /// Numbers are not centred, and the first input is lost in every row that has slots for more numbers than it holds.
  case losesFirstInput
}

/// Which levels of hashed columns are hashed in scoring.
package enum HashedLevels: Sendable {
  /// Those that have a unit.
  case withUnits
  /// The first level too, although it has none.
  case all
}

/// What becomes of rows whose class the model does not know, where there are more than two.
package enum UnknownClasses: Sendable {
  case notScored
  /// They are counted as predicted wrongly.
  case wrong
}

/// What an offset is.
package enum OffsetMeaning: Sendable {
  /// A summand in link space.
  case summand
  /// What takes the place of the mean of the response, where it is above 0.
  case meanIfPositive
}
