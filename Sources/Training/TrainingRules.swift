/// The choices of a training on which the documentation and H2O differ.
///
/// The defaults follow the documentation of the parameters; the alternatives are H2O 3.46's behaviour.
package struct TrainingRules: Sendable, Hashable {
  /// The meaning of row weights that are neither constant nor 0 and 1.
  package var rowWeights = RowWeighting.scaleSteps
  /// The passes that update the mean activations of a sparse autoencoder.
  package var meanActivations = MeanActivationPasses.trainedRows
  /// The loss that the best network minimises.
  package var bestNetwork = BestNetworkLoss.stoppingMetric
  /// The evaluation of the best network when it replaces the last one.
  package var delivery = Delivery.measured
  /// The network that is delivered when time runs out.
  package var outOfTime = DeliveredAtTimeLimit.bestNetwork
  /// The network that a later job continues from.
  package var continuation = ContinuedNetwork.last
  /// The scales of a table that a training continues with.
  package var continuedScales = ContinuedScales.earlierModel
  /// The treatment of a training whose metric diverges.
  package var runaways = RunawayTraining.ends
  /// Whether tables share a decision threshold.
  package var thresholds = DecisionThresholds.oneForAllTables
  /// The held-out rows that the model of a fold predicts.
  package var heldOutPredictions = HeldOutPredictions.allRows

  package init() {}
}

package enum RowWeighting: Sendable {
  /// They multiply the gradients.
  case scaleSteps
  /// Every second row is drawn by its weight.
  case drawRows
}

package enum MeanActivationPasses: Sendable {
  case trainedRows
  case trainedAndScoredRows
}

package enum BestNetworkLoss: Sendable {
  /// The metric that early stopping uses, negated where more is better.
  case stoppingMetric
  /// The smallest lift for `lift_top_group`; deviance or log loss for custom metrics and RMSE.
  case substitutes
}

package enum Delivery: Sendable {
  case measured
  /// A separate scoring, which adds a row to the history.
  case scoredAgain
}

package enum DeliveredAtTimeLimit: Sendable {
  case bestNetwork
  case lastNetwork
}

package enum ContinuedNetwork: Sendable {
  /// The network with which training ended; the best one is evaluated again.
  case last
  /// The delivered network, or the consensus with elastic averaging; an autoencoder is scored once more first.
  case best
}

package enum ContinuedScales: Sendable {
  /// Levels, means and deviations of the earlier model are kept.
  case earlierModel
  /// The table must have the same levels; its own means and deviations scale the inputs.
  case ownTable
}

package enum RunawayTraining: Sendable {
  /// Training ends, and is repeated with smaller steps.
  case ends
  /// Training continues, and fails only if weights grow without bound.
  case goesOn
}

package enum DecisionThresholds: Sendable {
  case oneForAllTables
  /// Each table has its own threshold; the model never uses that of cross-validation.
  case oneForEachTable
}

package enum HeldOutPredictions: Sendable {
  case allRows
  /// Other rows get zeros and the first label.
  case rowsWithWeight
}
