package import JobFiles

/// Where H2O 3.46.0.12 does something else than its reference page says or a reader would expect.
///
/// `compatibility: h2o-3.46` turns all of them on, `documentation` none. Four are refusals, which the rules between the
/// keys of a job file make by ``JobFile/followsH2O``; nothing asks for them here, but model files hold their bits. Each
/// case is measured in docs/development/Fidelity-measurements.md.
package struct H2OQuirks: OptionSet, Sendable, Hashable, Codable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// Weights in single, everything else in double precision, in plain Swift; otherwise single precision and vector
  /// kernels, which sum in another order.
  package static let mixedPrecision = H2OQuirks(rawValue: 1 << 0)
  /// ADADELTA and max_w2 take a bit-trick square root that is up to 4.5 % off.
  package static let approximateSquareRoot = H2OQuirks(rawValue: 1 << 1)
  /// The momentum stays at the value one row before the start of its ramp for ever, and without a ramp at momentum_start.
  package static let momentumNeverRamps = H2OQuirks(rawValue: 1 << 2)
  /// nesterov_accelerated_gradient is plain heavy-ball momentum, and switching it off leaves a memory of one step.
  package static let nesterovIsHeavyBall = H2OQuirks(rawValue: 1 << 3)
  /// Rate annealing sees the rows trained before the iteration, not before the row.
  package static let annealingPerIteration = H2OQuirks(rawValue: 1 << 4)
  /// Hidden layers of the same activation share one dropout mask per row.
  package static let sharedDropoutMasks = H2OQuirks(rawValue: 1 << 5)
  /// Dropped units of Tanh, ExpRectifier and Maxout still learn.
  package static let droppedUnitsLearn = H2OQuirks(rawValue: 1 << 6)
  /// max_w2 with Maxout rescales a slice of both channels.
  package static let maxoutNormMixesChannels = H2OQuirks(rawValue: 1 << 7)
  /// The derivative of ExpRectifier below zero is exp(output) instead of output + 1.
  package static let expRectifierDerivativeOfOutput = H2OQuirks(rawValue: 1 << 8)
  /// Missing numbers are 0 after standardisation in scoring, also when nothing is standardised.
  package static let missingIsZeroInScoring = H2OQuirks(rawValue: 1 << 9)
  /// Without use_all_factor_levels, training turns on the last level for a missing one.
  package static let missingIsLastLevelInTraining = H2OQuirks(rawValue: 1 << 10)
  /// Text columns and columns without values are dropped only together with constant ones.
  package static let badColumnsDroppedWithConstantOnes = H2OQuirks(rawValue: 1 << 11)
  /// The deviations in the model summary are taken with the approximate square root.
  package static let deviationIsApproximate = H2OQuirks(rawValue: 1 << 12)

  /// Trains and scores as with reproducible: H2O's unlocked threads give another model each time.
  package static let isAlwaysReproducible = H2OQuirks(rawValue: 1 << 13)
  /// A model that ran out of time is kept as it is, even if an earlier one was better.
  package static let timeLimitKeepsLastModel = H2OQuirks(rawValue: 1 << 14)

  /// Observation weights do not scale gradients; every second row is drawn by weight instead.
  package static let weightsResampleRows = H2OQuirks(rawValue: 1 << 15)
  /// Offsets of 0 and below are ignored, others replace the mean of the response.
  package static let offsetsMustBePositive = H2OQuirks(rawValue: 1 << 16)

  /// The best model by lift_top_group is the one with the smallest lift, and by RMSE the one with the smallest deviance
  /// or log loss.
  package static let bestModelByOddLoss = H2OQuirks(rawValue: 1 << 17)

  /// The Quadratic loss of a classifier takes the diagonal of the softmax Jacobian only.
  package static let softmaxJacobianIsDiagonal = H2OQuirks(rawValue: 1 << 18)

  /// A job with `checkpoint` goes on from the best model of the earlier one instead of its last, with elastic averaging
  /// from the consensus; an autoencoder is scored once more before it goes on.
  package static let trainingContinuesFromBestModel = H2OQuirks(rawValue: 1 << 19)

  /// With sparse, training loses the first input of every row that has slots for more numbers than it holds (up to
  /// sixteen columns: of every row in which a number is zero), and does not centre the inputs of an autoencoder that
  /// scoring centres.
  package static let sparseTrainingLosesInputs = H2OQuirks(rawValue: 1 << 20)

  /// With max_categorical_features and without use_all_factor_levels, scoring hashes the first level, which training leaves
  /// out.
  package static let hashingSeesDroppedLevels = H2OQuirks(rawValue: 1 << 21)

  /// mini_batch_size is reset to 1.
  package static let miniBatchesHaveOneRow = H2OQuirks(rawValue: 1 << 22)

  /// Elastic averaging multiplies the network itself by the moving rate in every iteration but the first.
  package static let elasticAveragingShrinksNetwork = H2OQuirks(rawValue: 1 << 23)

  /// The mean activations of a sparse autoencoder are moved by scoring too.
  package static let scoringMovesMeanActivations = H2OQuirks(rawValue: 1 << 24)

  /// Variable importances of Maxout are computed from the first half of the flat array of both channels' weights.
  package static let maxoutImportancesMixChannels = H2OQuirks(rawValue: 1 << 25)

  /// With a weights column, training rows that Skip passes over have no weight either: they count neither for epochs,
  /// means and deviations nor for the training metrics.
  package static let skippedRowsLoseTheirWeight = H2OQuirks(rawValue: 1 << 26)

  /// Means and deviations are brought up to date row by row, which moves their last bit.
  package static let momentsAreRunning = H2OQuirks(rawValue: 1 << 27)

  /// Held-out predictions of rows without weight are 0, with the first label.
  package static let heldOutRowsNeedWeight = H2OQuirks(rawValue: 1 << 28)

  /// The gains/lift table and the delta of huber's deviance count rows in whole numbers, which cuts fractional weights
  /// down; the table takes its quantiles from rows without a response too.
  package static let quantilesCountWholeRows = H2OQuirks(rawValue: 1 << 29)

  /// The log loss is the logarithm of one minus the error, in which small probabilities lose their digits.
  package static let logLossRoundsProbabilities = H2OQuirks(rawValue: 1 << 30)

  /// Absolute and Huber loss are refused for classification.
  package static let classesNeedCrossEntropyOrQuadratic = H2OQuirks(rawValue: 1 << 31)

  /// `stopping_metric: r2` is refused.
  package static let r2StopsNothing = H2OQuirks(rawValue: 1 << 32)

  /// A training that becomes unstable fails at once; otherwise it is tried again with smaller steps.
  package static let unstableTrainingFails = H2OQuirks(rawValue: 1 << 33)

  /// Levels that are numbers are numbered as words, 10 before 9: what H2O's import does with a column that is declared
  /// `enum`. (Its `asfactor` numbers the levels of an integer column by size.)
  package static let levelsSortAsWords = H2OQuirks(rawValue: 1 << 34)

  /// Numbers of more than fifteen digits in a table are rounded more than once while they are read; `$5`, `5%` and a
  /// sign alone are numbers; times need seconds, and 12 AM is noon.
  package static let fieldsAsImported = H2OQuirks(rawValue: 1 << 35)

  /// A column that no job declares is what most of its first fields are.
  ///
  /// Fields that are something else are missing, and so are zeros in a column that otherwise holds words. Without this
  /// quirk one word makes a column of numbers categorical.
  package static let typesByMajority = H2OQuirks(rawValue: 1 << 36)

  /// Where the job gives no `na_strings`, words such as NA, and quotes with nothing between them, are levels like any others
  /// in a categorical column.
  package static let onlyEmptyLevelsAreMissing = H2OQuirks(rawValue: 1 << 37)

  /// A row whose class is the most probable adds 1 to the hit ratios, not its weight.
  package static let hitsLoseTheirWeight = H2OQuirks(rawValue: 1 << 38)

  /// `fold_assignment: Stratified` draws the fold of each row, so that classes are spread by chance only.
  package static let stratifiedFoldsAreDrawn = H2OQuirks(rawValue: 1 << 39)

  /// Models of folds keep their best network, chosen on the rows that are held out from them.
  package static let foldModelsKeepTheBest = H2OQuirks(rawValue: 1 << 40)

  /// The balanced table may have some rows more than max_after_balance_size allows.
  package static let balancedTablesMayExceed = H2OQuirks(rawValue: 1 << 41)

  /// `tweedie_power` 0, 1 and 2, which the reference page gives the names of other distributions, are refused.
  package static let tweedieHasNoLimits = H2OQuirks(rawValue: 1 << 42)

  /// Rows of a class that only the validation table has count as wrong, where there are more than two classes; otherwise
  /// they are not scored.
  package static let unknownClassesAreWrong = H2OQuirks(rawValue: 1 << 43)

  /// EnumLimited keeps no level of a single row, and equally frequent ones in the order of a hash table.
  package static let limitedLevelsAreHashed = H2OQuirks(rawValue: 1 << 44)

  /// The rate of a bias under ADADELTA comes from the mean squared gradient of the weights beside it; otherwise from
  /// running averages of its own gradient.
  package static let biasesShareRates = H2OQuirks(rawValue: 1 << 45)

  /// l1 and l2 are added to the gradient of weights and biases; otherwise weights alone are penalised, by a proximal step
  /// that never takes them beyond zero.
  package static let penaltiesAreGradients = H2OQuirks(rawValue: 1 << 46)

  /// Each iteration draws its rows anew, or walks the file, and an epoch counts unusable rows.
  ///
  /// Otherwise an epoch is a permutation of the usable rows.
  package static let iterationsDrawRows = H2OQuirks(rawValue: 1 << 47)

  /// The response is standardised only if the inputs are, and offsets have no part in that; otherwise what is left of it
  /// beside the offset is standardised wherever the link is the identity.
  package static let responseScaleFollowsInputs = H2OQuirks(rawValue: 1 << 48)

  /// Metrics of a regression take responses in single precision, and their variance in one pass.
  package static let responsesAreRounded = H2OQuirks(rawValue: 1 << 49)

  /// `score_interval` is 5 seconds whatever the length of the training; otherwise, where it is not given, short trainings
  /// are scored more often.
  package static let scoreIntervalIsFixed = H2OQuirks(rawValue: 1 << 50)

  /// The best network, once training has ended, is scored again, which adds a row to the scoring history.
  package static let bestModelIsScoredAgain = H2OQuirks(rawValue: 1 << 51)

  /// Areas, thresholds and criteria of two classes come from at most 400 bins of scores.
  package static let curvesAreBinned = H2OQuirks(rawValue: 1 << 52)

  /// With balance_classes, training metrics and the threshold that comes from them are those of the balanced table.
  package static let balancedRowsAreMeasured = H2OQuirks(rawValue: 1 << 53)

  /// Each table is labelled by a threshold of its own, and the model never by that of cross-validation.
  package static let tablesChooseTheirThreshold = H2OQuirks(rawValue: 1 << 54)

  /// Hit ratios end at rank 10.
  package static let hitRatiosEndAtTen = H2OQuirks(rawValue: 1 << 55)

  /// `class_weight` and `missing_indicators`, which H2O does not have, are refused.
  package static let ownTrainingKeysAreUnknown = H2OQuirks(rawValue: 1 << 56)

  /// `score_validation_sampling: Stratified` multiplies the classes' shares by factors that are cut at 1, which leaves
  /// them as they are, and acts with balance_classes only.
  package static let stratifiedSamplesKeepShares = H2OQuirks(rawValue: 1 << 57)

  /// The columns of the model summary that are called rms hold deviations from the mean.
  package static let rmsIsDeviation = H2OQuirks(rawValue: 1 << 58)

  /// `col_major: true` is refused.
  package static let columnMajorIsRefused = H2OQuirks(rawValue: 1 << 59)

  /// The biases of a sparse autoencoder go by the gradient and, at the learning rate and only where a unit learns, towards
  /// the wanted mean activation, which they miss; otherwise they hold it.
  package static let sparsityIsPenalty = H2OQuirks(rawValue: 1 << 60)

  /// The table of a job with `checkpoint` must have the levels of the earlier one, and its own means and deviations scale
  /// the inputs.
  package static let continuedTablesScaleAnew = H2OQuirks(rawValue: 1 << 61)

  /// Everything that H2O 3.46.0.12 does.
  package static let all = H2OQuirks(rawValue: (1 << 62) - 1)

  /// The quirks of a compatibility mode.
  package init(_ compatibility: CompatibilityChoice) {
    switch compatibility {
    case .documentation: self = []
    case .h2o346: self = .all
    }
  }
}
