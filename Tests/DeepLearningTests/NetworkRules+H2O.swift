import DeepLearning

extension NetworkRules {
  /// Every rule as in H2O 3.46: none has its default.
  static var h2o: NetworkRules {
    var rules = NetworkRules(arithmetic: .mixedPrecision)
    rules.squareRoot = .bitTrick
    rules.momentumRamp = .staysBeforeStart
    rules.acceleration = .heavyBall
    rules.annealing = .eachIteration
    rules.dropoutMasks = .sharedByLayers
    rules.droppedUnits = .learn
    rules.normLimit = .acrossChannels
    rules.expRectifierDerivative = .exponentialOfOutput
    rules.softmaxJacobian = .diagonal
    rules.penalties = .gradients
    rules.biasRates = .ofWeights
    rules.sparsity = .pull
    rules.elasticAveraging = .consensusAndNetwork
    rules.layerStatistics.squareRoot = .bitTrick
    rules.layerStatistics.rootMeanSquare = .aroundMean
    rules.maxoutImportances = .firstHalfOfArray
    return rules
  }
}
