package import DataFrames
package import DeepLearning
internal import Metrics

/// A network with everything needed to score raw rows.
package struct Model: Sendable, Equatable {
  package let topology: NetworkTopology
  package let objective: Objective
  package let dropout: Dropout
  package let encoding: RowEncoding
  package let rules: ModelRules
  /// The notation of the training table, in which other tables are read.
  package let notation: TableNotation
  /// The factor per class that undoes class balancing in the probabilities; nil without balancing.
  package let classCorrection: [Double]?
  package var state: NetworkState
  /// Further networks whose predictions are averaged with this one's; nil for a single network.
  package var ensemble: Ensemble?
  /// The quantile of the residuals beyond which the Huber deviance is linear.
  package let huberAlpha: Double
  /// The probability at or above which a binomial model predicts class 1.
  package var defaultThreshold: Double

  package init(
    topology: NetworkTopology, objective: Objective, dropout: Dropout, encoding: RowEncoding, rules: ModelRules,
    notation: TableNotation = TableNotation(), classCorrection: [Double]? = nil, state: NetworkState,
    huberAlpha: Double = 0.9, defaultThreshold: Double = 0.5
  ) {
    self.topology = topology
    self.objective = objective
    self.dropout = dropout
    self.encoding = encoding
    self.rules = rules
    self.notation = notation
    self.classCorrection = classCorrection
    self.state = state
    self.huberAlpha = huberAlpha
    self.defaultThreshold = defaultThreshold
  }

  /// The classes; nil for a regression.
  package var classes: [String]? { encoding.classes }

  /// H2O's name for the kind of prediction.
  package var category: String {
    if objective.reconstructed != nil { return "AutoEncoder" }
    return switch classes?.count {
    case nil: "Regression"
    case 2: "Binomial"
    default: "Multinomial"
    }
  }

  /// The precision of the network's inputs.
  private var precision: RowEncoder.Precision {
    switch rules.network.arithmetic {
    case .mixedPrecision: .double
    case .singlePrecision: .single
    }
  }

  /// Encodes a table for scoring.
  ///
  /// - `isForPrediction`: True to predict only, which needs neither response nor weights.
  package func encode(
    _ frame: Frame, isForPrediction: Bool = false
  ) throws(FrameError) -> (rows: EncodedRows, warnings: [String]) {
    try RowEncoder(
      encoding, rules: rules.tables, precision: precision, purpose: isForPrediction ? .prediction : .scoring
    ).encode(frame)
  }

  /// The encoder of tables for scoring.
  package var scoringEncoder: RowEncoder {
    RowEncoder(encoding, rules: rules.tables, precision: precision, purpose: .scoring)
  }

  /// Converts a linear output, or a training target, to the units of the response.
  package func responseValue(_ output: Double) -> Double {
    guard case .number(_, let subtract, let multiply) = encoding.response,
      case .regression(let distribution) = objective
    else { return output }
    return distribution.inverseLink(output / multiply + subtract)
  }

  /// Converts a training target to the units of the response, without the link function, which targets never had.
  package func actualValue(_ target: Double) -> Double {
    guard case .number(_, let subtract, let multiply) = encoding.response else { return target }
    return target / multiply + subtract
  }
}

extension Model {
  /// Returns the predicted class for the probabilities of a row.
  ///
  /// With two classes the default threshold decides; with more the most probable class wins.
  package func label(_ probabilities: ArraySlice<Double>) -> Int {
    guard probabilities.count == 2 else { return ClassificationMetrics.mostProbable(probabilities) }
    return probabilities[probabilities.startIndex + 1] >= defaultThreshold ? 1 : 0
  }
}
