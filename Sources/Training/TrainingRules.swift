/// What a training does where there is more than one answer.
///
/// The defaults are what the documentation of the parameters says; the other answers are H2O 3.46's.
package struct TrainingRules: Sendable, Hashable {
  /// What weights of rows do that are neither constant nor 0 and 1.
  package var rowWeights = RowWeighting.scaleSteps
  /// The passes that move the mean activations of a sparse autoencoder.
  package var meanActivations = MeanActivationPasses.trainedRows
  /// What the best network has least of.
  package var bestNetwork = BestNetworkLoss.stoppingMetric
  /// How the best network is measured when it takes the place of the last one.
  package var delivery = Delivery.measured
  /// The network of a training that ran out of time.
  package var outOfTime = DeliveredAtTimeLimit.bestNetwork
  /// The network that a later job goes on from.
  package var continuation = ContinuedNetwork.last
  /// The scales of a table that a training goes on with.
  package var continuedScales = ContinuedScales.earlierModel
  /// What becomes of a training whose metric runs away.
  package var runaways = RunawayTraining.ends
  /// How many tables share a decision threshold.
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
  /// The metric that early stopping watches, so that more of it counts as less where more is better.
  case stoppingMetric
  /// The smallest lift for `lift_top_group`; deviance or log loss for metrics of the user's own and for RMSE.
  case substitutes
}

package enum Delivery: Sendable {
  case measured
  /// A scoring of its own, which adds a row to the history.
  case scoredAgain
}

package enum DeliveredAtTimeLimit: Sendable {
  case bestNetwork
  case lastNetwork
}

package enum ContinuedNetwork: Sendable {
  /// The one with which training ended; the best one is measured anew.
  case last
  /// The delivered one, with elastic averaging the consensus; an autoencoder is scored once more before it goes on.
  case best
}

package enum ContinuedScales: Sendable {
  /// Levels, means and deviations stay those of the earlier model.
  case earlierModel
  /// The table must have the same levels, and its own means and deviations scale the inputs.
  case ownTable
}

package enum RunawayTraining: Sendable {
  /// It ends, and is tried again with smaller steps.
  case ends
  /// It goes on; weights without bound fail it.
  case goesOn
}

package enum DecisionThresholds: Sendable {
  case oneForAllTables
  /// Each table is labelled by its own; the model never by that of cross-validation.
  case oneForEachTable
}

package enum HeldOutPredictions: Sendable {
  case allRows
  /// Others get zeros, with the first label.
  case rowsWithWeight
}
