package import DeepLearning
package import JobFiles

/// What a compatibility mode means to the parts of the program that know no modes.
package enum Compatibility {
  /// The rules of a network under `quirks`.
  package static func networkRules(_ quirks: H2OQuirks) -> NetworkRules {
    var rules = NetworkRules()
    if quirks.contains(.mixedPrecision) { rules.arithmetic = .mixedPrecision }
    if quirks.contains(.approximateSquareRoot) { rules.squareRoot = .bitTrick }
    if quirks.contains(.momentumNeverRamps) { rules.momentumRamp = .staysBeforeStart }
    if quirks.contains(.nesterovIsHeavyBall) { rules.acceleration = .heavyBall }
    if quirks.contains(.annealingPerIteration) { rules.annealing = .eachIteration }
    if quirks.contains(.sharedDropoutMasks) { rules.dropoutMasks = .sharedByLayers }
    if quirks.contains(.droppedUnitsLearn) { rules.droppedUnits = .learn }
    if quirks.contains(.maxoutNormMixesChannels) { rules.normLimit = .acrossChannels }
    if quirks.contains(.expRectifierDerivativeOfOutput) { rules.expRectifierDerivative = .exponentialOfOutput }
    if quirks.contains(.softmaxJacobianIsDiagonal) { rules.softmaxJacobian = .diagonal }
    if quirks.contains(.penaltiesAreGradients) { rules.penalties = .gradients }
    if quirks.contains(.biasesShareRates) { rules.biasRates = .ofWeights }
    if quirks.contains(.sparsityIsPenalty) { rules.sparsity = .pull }
    if quirks.contains(.elasticAveragingShrinksNetwork) { rules.elasticAveraging = .consensusAndNetwork }
    if quirks.contains(.deviationIsApproximate) { rules.layerStatistics.squareRoot = .bitTrick }
    if quirks.contains(.rmsIsDeviation) { rules.layerStatistics.rootMeanSquare = .aroundMean }
    if quirks.contains(.maxoutImportancesMixChannels) { rules.maxoutImportances = .firstHalfOfArray }
    return rules
  }
}
