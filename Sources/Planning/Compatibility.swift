package import DataFrames
package import DeepLearning
package import JobFiles
package import Metrics
package import Models
package import Training

/// What a compatibility mode means for each module, in the module's own words.
///
/// The only place that knows of modes: everything below receives rules.
package struct Compatibility: Sendable, Hashable {
  private let quirks: H2OQuirks

  /// - `choice`: The mode.
  /// - `without`: Quirks that are not in force although the mode has them, for measurements of what each of them does.
  package init(_ choice: CompatibilityChoice, without: H2OQuirks = []) {
    quirks = H2OQuirks(choice).subtracting(without)
  }

  /// The mode of a job.
  package init(_ job: JobFile) { self.init(job.compatibility) }

  /// What the file of a model says about it: ``ModelRules/record``.
  package init(record: Int) { quirks = H2OQuirks(rawValue: record) }

  /// Whether a job trains and scores as with `reproducible`, asked for or not.
  func isReproducible(_ job: JobFile) -> Bool { job.reproducible || has(.isAlwaysReproducible) }

  /// Whether a decision that is made while a job is planned follows H2O.
  func has(_ quirk: H2OQuirks) -> Bool { quirks.contains(quirk) }

  /// Of a model, which keeps them.
  package var model: ModelRules { ModelRules(network: network, tables: tables, record: quirks.rawValue) }

  /// Of the network's arithmetic.
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

  /// Of tables and rows.
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

  /// Of training and scoring.
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

  /// Of predictions that become metrics.
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
