/// The choices of arithmetic on which the documentation and H2O differ.
///
/// The defaults follow the documentation of the parameters. The alternatives are H2O 3.46's behaviour.
/// ``ExactTrainer`` supports all of them, the vector engines only ``softmaxJacobian`` and
/// ``layerStatistics``.
package struct NetworkRules: Sendable, Hashable, Codable {
  /// The precision in which a network is trained and scored.
  package var arithmetic: Arithmetic
  /// The square root in ADADELTA and in `max_w2`.
  package var squareRoot = SquareRoot.exact
  /// The change of the momentum from row to row.
  package var momentumRamp = MomentumRamp.rises
  /// The update rule of momentum.
  package var acceleration = Acceleration.lookahead
  /// The count that learning-rate annealing depends on.
  package var annealing = Annealing.eachRow
  /// The dropout masks of a row.
  package var dropoutMasks = DropoutMasks.ofEachLayer
  /// The behaviour of dropped units in the backward pass.
  package var droppedUnits = DroppedUnits.rest
  /// The weights of a Maxout unit that the limit on the sum of squares covers.
  package var normLimit = NormLimit.ofEachChannel
  /// The derivative of ExpRectifier for negative net inputs.
  package var expRectifierDerivative = ExpRectifierDerivative.exact
  /// The part of the softmax Jacobian that is used.
  package var softmaxJacobian = SoftmaxJacobian.full
  /// The form in which `l1` and `l2` act.
  package var penalties = Penalties.proximalSteps
  /// The learning rates of biases under ADADELTA.
  package var biasRates = BiasRates.own
  /// The method by which a sparse autoencoder reaches the target mean activation.
  package var sparsity = SparsityControl.heldActivations
  /// The values that elastic averaging changes at the end of an iteration.
  package var elasticAveraging = ElasticAveraging.consensus
  /// The deviations in the table of layers and in the stability check.
  package var layerStatistics = LayerStatisticsRules()
  /// The weights of a Maxout unit that variable importances use.
  package var maxoutImportances = MaxoutImportances.sumOfChannels

  package init(arithmetic: Arithmetic = .singlePrecision) { self.arithmetic = arithmetic }
}

/// The formulas of ``LayerStatistics``.
package struct LayerStatisticsRules: Sendable, Hashable, Codable {
  package enum RootMeanSquare: Sendable, Codable {
    /// The root of the mean square.
    case aroundZero
    /// The standard deviation, under the name of a root mean square.
    case aroundMean
  }

  package var squareRoot = SquareRoot.exact
  package var rootMeanSquare = RootMeanSquare.aroundZero

  package init() {}
}
