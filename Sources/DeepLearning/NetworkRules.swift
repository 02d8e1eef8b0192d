/// The arithmetic of a network where there is more than one answer.
///
/// The defaults are what the documentation of the parameters says. The other answers are H2O 3.46's; ``ExactTrainer`` knows
/// them all, the vector engines know those of ``softmaxJacobian`` and ``layerStatistics``.
package struct NetworkRules: Sendable, Hashable {
  /// The numbers in which a network is trained and scored.
  package var arithmetic: Arithmetic
  /// The square root in ADADELTA and in `max_w2`.
  package var squareRoot = SquareRoot.exact
  /// The momentum from row to row.
  package var momentumRamp = MomentumRamp.rises
  /// The step that momentum makes.
  package var acceleration = Acceleration.lookahead
  /// When the learning rate is annealed.
  package var annealing = Annealing.eachRow
  /// The dropout masks of a row.
  package var dropoutMasks = DropoutMasks.ofEachLayer
  /// What dropped units do in the backward pass.
  package var droppedUnits = DroppedUnits.rest
  /// What the limit of the squared weights of a Maxout unit adds up.
  package var normLimit = NormLimit.ofEachChannel
  /// The derivative of ExpRectifier for negative net inputs.
  package var expRectifierDerivative = ExpRectifierDerivative.exact
  /// The part of the softmax Jacobian that reaches the output units.
  package var softmaxJacobian = SoftmaxJacobian.full
  /// How `l1` and `l2` act.
  package var penalties = Penalties.proximalSteps
  /// The rates of biases under ADADELTA.
  package var biasRates = BiasRates.own
  /// How a sparse autoencoder reaches the wanted mean activations.
  package var sparsity = SparsityControl.heldActivations
  /// What elastic averaging changes at the end of an iteration.
  package var elasticAveraging = ElasticAveraging.consensus
  /// The deviations in the table of layers, and in the test of stability.
  package var layerStatistics = LayerStatisticsRules()
  /// The weights of a Maxout unit in variable importances.
  package var maxoutImportances = MaxoutImportances.sumOfChannels

  package init(arithmetic: Arithmetic = .singlePrecision) { self.arithmetic = arithmetic }
}

/// How the spreads of ``LayerStatistics`` are computed.
package struct LayerStatisticsRules: Sendable, Hashable {
  package enum RootMeanSquare: Sendable {
    /// The root of the mean square.
    case aroundZero
    /// The deviation from the mean under that name.
    case aroundMean
  }

  package var squareRoot = SquareRoot.exact
  package var rootMeanSquare = RootMeanSquare.aroundZero

  package init() {}
}
