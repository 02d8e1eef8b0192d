package import DataFrames
package import DeepLearning
package import JobFiles
package import Metrics
package import Models
package import Training

/// A compatibility mode, translated into the rules of each module.
///
/// No other type knows the modes; the modules below receive rules.
package struct Compatibility: Sendable, Hashable {
  private let quirks: H2OQuirks

  /// - `choice`: The mode.
  /// - `without`: Quirks of the mode to turn off, for measuring the effect of each.
  package init(_ choice: CompatibilityChoice, without: H2OQuirks = []) {
    quirks = H2OQuirks(choice).subtracting(without)
  }

  /// The mode of a job.
  package init(_ job: JobFile) { self.init(job.compatibility) }

  /// The mode recorded in a model file: ``ModelRules/record``.
  package init(record: Int) { quirks = H2OQuirks(rawValue: record) }

  /// Whether a job trains and scores reproducibly, because of its `reproducible` or because of the mode.
  package func isReproducible(_ job: JobFile) -> Bool { job.reproducible || has(.isAlwaysReproducible) }

  /// Whether a decision made during planning follows H2O's quirk.
  func has(_ quirk: H2OQuirks) -> Bool { quirks.contains(quirk) }

  /// The rules that a model keeps with it.
  package var model: ModelRules { ModelRules(network: network, tables: tables, record: quirks.rawValue) }

  /// The rules for the network's arithmetic.
  package var network: NetworkRules {
    var rules = NetworkRules()
    if has(.mixedPrecision) { rules.arithmetic = .mixedPrecision }
    if has(.approximateSquareRoot) { rules.squareRoot = .bitTrick }
    if has(.momentumNeverRamps) { rules.momentumRamp = .staysBeforeStart }
    if has(.nesterovIsHeavyBall) { rules.acceleration = .heavyBall }
    if has(.annealingPerIteration) { rules.annealing = .eachIteration }
    if has(.sharedDropoutMasks) { rules.dropoutMasks = .sharedByLayers }
    if has(.droppedUnitsLearn) { rules.droppedUnits = .learn }
    if has(.maxoutNormMixesChannels) { rules.normLimit = .acrossChannels }
    if has(.expRectifierDerivativeOfOutput) { rules.expRectifierDerivative = .exponentialOfOutput }
    if has(.softmaxJacobianIsDiagonal) { rules.softmaxJacobian = .diagonal }
    if has(.penaltiesAreGradients) { rules.penalties = .gradients }
    if has(.biasesShareRates) { rules.biasRates = .ofWeights }
    if has(.sparsityIsPenalty) { rules.sparsity = .pull }
    if has(.elasticAveragingShrinksNetwork) { rules.elasticAveraging = .consensusAndNetwork }
    if has(.deviationIsApproximate) { rules.layerStatistics.squareRoot = .bitTrick }
    if has(.rmsIsDeviation) { rules.layerStatistics.rootMeanSquare = .aroundMean }
    if has(.maxoutImportancesMixChannels) { rules.maxoutImportances = .firstHalfOfArray }
    return rules
  }

  /// The rules for reading tables and encoding rows.
  package var tables: TableRules {
    var rules = TableRules()
    if has(.fieldsAsImported) { rules.fields = .loose }
    if has(.levelsSortAsWords) { rules.levelOrder = .asWords }
    if has(.typesByMajority) { rules.types = .byMajority }
    if has(.onlyEmptyLevelsAreMissing) { rules.missingLevels = .emptyFields }
    if has(.missingIsZeroInScoring) { rules.scoredGaps = .zeroInput }
    if has(.missingIsLastLevelInTraining) { rules.trainedGaps = .lastLevelUnit }
    if has(.sparseTrainingLosesInputs) { rules.sparseTraining = .losesFirstInput }
    if has(.hashingSeesDroppedLevels) { rules.hashedLevels = .all }
    if has(.unknownClassesAreWrong) { rules.unknownClasses = .wrong }
    if has(.offsetsMustBePositive) { rules.offsets = .meanIfPositive }
    return rules
  }

  /// The rules for training and scoring.
  package var training: TrainingRules {
    var rules = TrainingRules()
    if has(.weightsResampleRows) { rules.rowWeights = .drawRows }
    if has(.scoringMovesMeanActivations) { rules.meanActivations = .trainedAndScoredRows }
    if has(.bestModelByOddLoss) { rules.bestNetwork = .substitutes }
    if has(.bestModelIsScoredAgain) { rules.delivery = .scoredAgain }
    if has(.timeLimitKeepsLastModel) { rules.outOfTime = .lastNetwork }
    if has(.trainingContinuesFromBestModel) { rules.continuation = .best }
    if has(.continuedTablesScaleAnew) { rules.continuedScales = .ownTable }
    if has(.unstableTrainingFails) { rules.runaways = .goesOn }
    if has(.tablesChooseTheirThreshold) { rules.thresholds = .oneForEachTable }
    if has(.heldOutRowsNeedWeight) { rules.heldOutPredictions = .rowsWithWeight }
    return rules
  }

  /// The rules for computing metrics from predictions.
  package var metrics: MetricRules {
    var rules = MetricRules()
    if has(.quantilesCountWholeRows) { rules.rowCounting = .wholeNumbers }
    if has(.logLossRoundsProbabilities) { rules.logLossOperand = .complementOfError }
    if has(.hitsLoseTheirWeight) { rules.hitCounting = .onesAtFirstRank }
    if has(.responsesAreRounded) { rules.responsePrecision = .single }
    if has(.curvesAreBinned) { rules.curve = .bins }
    return rules
  }
}
