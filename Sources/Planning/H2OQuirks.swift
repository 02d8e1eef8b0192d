package import JobFiles

/// Behaviour of H2O 3.46.0.12 that differs from its reference page or from what a reader would expect.
///
/// `compatibility: h2o-3.46` turns on all of them, `documentation` none. Four are refusals that the
/// rules between the keys of a job file check through ``JobFile/followsH2O``; no code asks for them
/// here, but model files store their bits. Each quirk is measured in
/// docs/development/Fidelity-measurements.md.
package struct H2OQuirks: OptionSet, Sendable, Hashable, Codable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Weights are in single precision and everything else in double precision, in plain Swift.
  ///
  /// Otherwise vector kernels compute in single precision and sum in another order.
  package static let mixedPrecision = H2OQuirks(rawValue: 1 << 0)
  /// ADADELTA and max_w2 use a bit-trick square root with an error of up to 4.5 %.
  package static let approximateSquareRoot = H2OQuirks(rawValue: 1 << 1)
  /// The momentum never ramps: it keeps the value of one row before the start, or momentum_start if
  /// there is no ramp.
  package static let momentumNeverRamps = H2OQuirks(rawValue: 1 << 2)
  /// nesterov_accelerated_gradient is plain heavy-ball momentum; switching it off leaves a
  /// memory of one step.
  package static let nesterovIsHeavyBall = H2OQuirks(rawValue: 1 << 3)
  /// Rate annealing counts the rows trained before the iteration, not before the row.
  package static let annealingPerIteration = H2OQuirks(rawValue: 1 << 4)
  /// Hidden layers of the same activation share one dropout mask per row.
  package static let sharedDropoutMasks = H2OQuirks(rawValue: 1 << 5)
  /// Dropped units of Tanh, ExpRectifier and Maxout still learn.
  package static let droppedUnitsLearn = H2OQuirks(rawValue: 1 << 6)
  /// max_w2 with Maxout rescales a slice that mixes both channels.
  package static let maxoutNormMixesChannels = H2OQuirks(rawValue: 1 << 7)
  /// The derivative of ExpRectifier below zero is exp(output) instead of output + 1.
  package static let expRectifierDerivativeOfOutput = H2OQuirks(rawValue: 1 << 8)
  /// Scoring encodes missing numbers as an input of 0, even without standardisation.
  package static let missingIsZeroInScoring = H2OQuirks(rawValue: 1 << 9)
  /// Without use_all_factor_levels, training encodes a missing level as the last level.
  package static let missingIsLastLevelInTraining = H2OQuirks(rawValue: 1 << 10)
  /// Text columns and empty columns are dropped only if constant columns are.
  package static let badColumnsDroppedWithConstantOnes = H2OQuirks(rawValue: 1 << 11)
  /// The standard deviations in the model summary use the approximate square root.
  package static let deviationIsApproximate = H2OQuirks(rawValue: 1 << 12)

  /// Jobs always train and score as with reproducible, because H2O's unlocked threads give a
  /// different model each time.
  package static let isAlwaysReproducible = H2OQuirks(rawValue: 1 << 13)
  /// A training that runs out of time delivers its last model, even if an earlier one was better.
  package static let timeLimitKeepsLastModel = H2OQuirks(rawValue: 1 << 14)

  /// Observation weights do not scale gradients; instead, every second row is drawn by weight.
  package static let weightsResampleRows = H2OQuirks(rawValue: 1 << 15)
  /// Offsets of 0 and below are ignored; positive ones replace the mean of the response.
  package static let offsetsMustBePositive = H2OQuirks(rawValue: 1 << 16)

  /// The best model by lift_top_group is the one with the smallest lift, and by RMSE the one with
  /// the smallest deviance or log loss.
  package static let bestModelByOddLoss = H2OQuirks(rawValue: 1 << 17)

  /// The Quadratic loss of a classifier uses only the diagonal of the softmax Jacobian.
  package static let softmaxJacobianIsDiagonal = H2OQuirks(rawValue: 1 << 18)

  /// A job with `checkpoint` continues from the best model of the earlier job instead of its last.
  ///
  /// With elastic averaging it continues from the consensus. An autoencoder is scored once more
  /// before it continues.
  package static let trainingContinuesFromBestModel = H2OQuirks(rawValue: 1 << 19)

  /// With sparse, training loses the first input of every row that has slots for more
  /// numbers than it holds.
  ///
  /// Up to sixteen columns these are the rows in which a number is zero. Besides, training does not
  /// centre the inputs of an autoencoder, but scoring does.
  package static let sparseTrainingLosesInputs = H2OQuirks(rawValue: 1 << 20)

  /// With max_categorical_features and without use_all_factor_levels, scoring hashes the first
  /// level, which training omits.
  package static let hashingSeesDroppedLevels = H2OQuirks(rawValue: 1 << 21)

  /// mini_batch_size is reset to 1.
  package static let miniBatchesHaveOneRow = H2OQuirks(rawValue: 1 << 22)

  /// Elastic averaging multiplies the network itself by the moving rate in every iteration but the
  /// first.
  package static let elasticAveragingShrinksNetwork = H2OQuirks(rawValue: 1 << 23)

  /// Scoring, too, updates the mean activations of a sparse autoencoder.
  package static let scoringMovesMeanActivations = H2OQuirks(rawValue: 1 << 24)

  /// Variable importances of Maxout use only the first half of the flat array of both channels' weights.
  package static let maxoutImportancesMixChannels = H2OQuirks(rawValue: 1 << 25)

  /// With a weights column, training rows that Skip leaves out also lose their weight.
  ///
  /// They do not count in epochs, means, standard deviations and training metrics.
  package static let skippedRowsLoseTheirWeight = H2OQuirks(rawValue: 1 << 26)

  /// Means and standard deviations are updated row by row, which changes their last bit.
  package static let momentsAreRunning = H2OQuirks(rawValue: 1 << 27)

  /// Held-out predictions of rows with weight 0 are 0, with the first label.
  package static let heldOutRowsNeedWeight = H2OQuirks(rawValue: 1 << 28)

  /// The gains/lift table and the delta of huber's deviance count rows in integers, which truncates
  /// fractional weights.
  ///
  /// The table also includes rows without a response in its quantiles.
  package static let quantilesCountWholeRows = H2OQuirks(rawValue: 1 << 29)

  /// The log loss is computed as the logarithm of 1 - error, which loses digits of small probabilities.
  package static let logLossRoundsProbabilities = H2OQuirks(rawValue: 1 << 30)

  /// Absolute and Huber loss are refused for classification.
  package static let classesNeedCrossEntropyOrQuadratic = H2OQuirks(rawValue: 1 << 31)

  /// `stopping_metric: r2` is refused.
  package static let r2StopsNothing = H2OQuirks(rawValue: 1 << 32)

  /// An unstable training fails at once; otherwise it is repeated with smaller steps.
  package static let unstableTrainingFails = H2OQuirks(rawValue: 1 << 33)

  /// Numeric levels are sorted as words, 10 before 9, as in H2O's import of a column declared `enum`.
  ///
  /// (H2O's `asfactor` sorts the levels of an integer column numerically.)
  package static let levelsSortAsWords = H2OQuirks(rawValue: 1 << 34)

  /// Fields are parsed as in H2O's import.
  ///
  /// Numbers of more than fifteen digits are rounded more than once; `$5`, `5%` and a sign alone
  /// are numbers; times need seconds; and 12 AM is noon.
  package static let fieldsAsImported = H2OQuirks(rawValue: 1 << 35)

  /// A column without a declared type has the type of most of its first fields.
  ///
  /// Fields of other types are missing, and so are zeros in a column of words. Without this quirk a
  /// single word makes a column of numbers categorical.
  package static let typesByMajority = H2OQuirks(rawValue: 1 << 36)

  /// Without `na_strings`, words such as NA and empty quoted fields are ordinary levels in a
  /// categorical column.
  package static let onlyEmptyLevelsAreMissing = H2OQuirks(rawValue: 1 << 37)

  /// A row whose class is the most probable adds 1 to the hit ratios, not its weight.
  package static let hitsLoseTheirWeight = H2OQuirks(rawValue: 1 << 38)

  /// `fold_assignment: Stratified` draws the fold of each row, so that classes are only
  /// randomly balanced.
  package static let stratifiedFoldsAreDrawn = H2OQuirks(rawValue: 1 << 39)

  /// Models of folds keep their best network, chosen on their held-out rows.
  package static let foldModelsKeepTheBest = H2OQuirks(rawValue: 1 << 40)

  /// The balanced table may have a few more rows than max_after_balance_size allows.
  package static let balancedTablesMayExceed = H2OQuirks(rawValue: 1 << 41)

  /// `tweedie_power` 0, 1 and 2, which stand for other distributions on the reference page, are refused.
  package static let tweedieHasNoLimits = H2OQuirks(rawValue: 1 << 42)

  /// With more than two classes, validation rows of a class unknown to the model count as wrong.
  ///
  /// Otherwise they are not scored.
  package static let unknownClassesAreWrong = H2OQuirks(rawValue: 1 << 43)

  /// EnumLimited drops levels with a single row and orders equally frequent levels by a hash table.
  package static let limitedLevelsAreHashed = H2OQuirks(rawValue: 1 << 44)

  /// Under ADADELTA a bias takes its rate from the mean squared gradient of its unit's weights.
  ///
  /// Otherwise it uses running averages of its own gradient.
  package static let biasesShareRates = H2OQuirks(rawValue: 1 << 45)

  /// l1 and l2 are added to the gradients of weights and biases.
  ///
  /// Otherwise only weights are penalised, by a proximal step that never crosses zero.
  package static let penaltiesAreGradients = H2OQuirks(rawValue: 1 << 46)

  /// Each iteration draws new rows or follows the file order, and an epoch counts unusable rows.
  ///
  /// Otherwise an epoch is a permutation of the usable rows.
  package static let iterationsDrawRows = H2OQuirks(rawValue: 1 << 47)

  /// The response is standardised only if the inputs are, regardless of offsets.
  ///
  /// Otherwise the response minus the offset is standardised whenever the link is the identity.
  package static let responseScaleFollowsInputs = H2OQuirks(rawValue: 1 << 48)

  /// Regression metrics use responses in single precision, and their variance is computed in one pass.
  package static let responsesAreRounded = H2OQuirks(rawValue: 1 << 49)

  /// The default `score_interval` is 5 seconds for every training; otherwise short trainings are
  /// scored more often.
  package static let scoreIntervalIsFixed = H2OQuirks(rawValue: 1 << 50)

  /// After training the best network is scored again, which adds a row to the scoring history.
  package static let bestModelIsScoredAgain = H2OQuirks(rawValue: 1 << 51)

  /// Binomial AUCs, thresholds and criteria come from at most 400 bins of scores.
  package static let curvesAreBinned = H2OQuirks(rawValue: 1 << 52)

  /// With balance_classes, training metrics and their decision threshold are those of the
  /// balanced table.
  package static let balancedRowsAreMeasured = H2OQuirks(rawValue: 1 << 53)

  /// Each table has its own decision threshold, and the model never uses that of cross-validation.
  package static let tablesChooseTheirThreshold = H2OQuirks(rawValue: 1 << 54)

  /// Hit ratios end at rank 10.
  package static let hitRatiosEndAtTen = H2OQuirks(rawValue: 1 << 55)

  /// `class_weight` and `missing_indicators`, which H2O lacks, are refused.
  package static let ownTrainingKeysAreUnknown = H2OQuirks(rawValue: 1 << 56)

  /// `score_validation_sampling: Stratified` acts only with balance_classes, and keeps the shares
  /// of the classes.
  ///
  /// Its sampling factors are capped at 1.
  package static let stratifiedSamplesKeepShares = H2OQuirks(rawValue: 1 << 57)

  /// The rms columns of the model summary are standard deviations.
  package static let rmsIsDeviation = H2OQuirks(rawValue: 1 << 58)

  /// `col_major: true` is refused.
  package static let columnMajorIsRefused = H2OQuirks(rawValue: 1 << 59)

  /// The biases of a sparse autoencoder follow the gradient and a pull, at the learning rate,
  /// towards average_activation.
  ///
  /// The pull acts only where a unit learns, so the mean activation misses its target. Otherwise
  /// the biases hold it.
  package static let sparsityIsPenalty = H2OQuirks(rawValue: 1 << 60)

  /// The table of a job with `checkpoint` must have the levels of the earlier one and scales the
  /// inputs by its own means and standard deviations.
  package static let continuedTablesScaleAnew = H2OQuirks(rawValue: 1 << 61)

  /// All quirks of H2O 3.46.0.12.
  package static let all = H2OQuirks(rawValue: (1 << 62) - 1)

  /// The quirks of a compatibility mode.
  package init(_ compatibility: CompatibilityChoice) {
    switch compatibility {
    case .documentation: self = []
    case .h2o346: self = .all
    }
  }
}
