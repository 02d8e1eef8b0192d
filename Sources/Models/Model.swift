package import DataFrames
package import DeepLearning
internal import Metrics

/// A network with everything that is needed to score raw rows.
package struct Model: Sendable, Equatable {
  package let topology: NetworkTopology
  package let objective: Objective
  package let dropout: Dropout
  package let encoding: RowEncoding
  package let rules: ModelRules
  /// Factor of each class' probability that undoes the balancing of classes; nil without balancing.
  package let classCorrection: [Double]?
  package var state: NetworkState
  /// Quantile of the residuals beyond which the deviance of huber is linear.
  package let huberAlpha: Double
  /// Class 1 of a binomial model is predicted from this probability on.
  package var defaultThreshold: Double

  package init(
    topology: NetworkTopology, objective: Objective, dropout: Dropout, encoding: RowEncoding, rules: ModelRules,
    classCorrection: [Double]? = nil, state: NetworkState, huberAlpha: Double = 0.9, defaultThreshold: Double = 0.5
  ) {
    self.topology = topology
    self.objective = objective
    self.dropout = dropout
    self.encoding = encoding
    self.rules = rules
    self.classCorrection = classCorrection
    self.state = state
    self.huberAlpha = huberAlpha
    self.defaultThreshold = defaultThreshold
  }

  /// The classes, nil for a regression.
  package var classes: [String]? { encoding.classes }

  /// H2O's word for what is predicted.
  package var category: String {
    if objective.reconstructed != nil { return "AutoEncoder" }
    return switch classes?.count {
    case nil: "Regression"
    case 2: "Binomial"
    default: "Multinomial"
    }
  }

  /// The precision in which the network takes its inputs.
  private var precision: RowEncoder.Precision {
    switch rules.network.arithmetic {
    case .mixedPrecision: .double
    case .singlePrecision: .single
    }
  }

  /// Encodes a table for scoring.
  ///
  /// - `isForPrediction`: Whether rows are only predicted: then response and weights are not looked for.
  package func encode(
    _ frame: Frame, isForPrediction: Bool = false
  ) throws(FrameError) -> (rows: EncodedRows, warnings: [String]) {
    try RowEncoder(
      encoding, rules: rules.tables, precision: precision, purpose: isForPrediction ? .prediction : .scoring
    ).encode(frame)
  }

  /// A linear output, or a training target, in the units of the response.
  package func responseValue(_ output: Double) -> Double {
    guard case .number(_, let subtract, let multiply) = encoding.response,
      case .regression(let distribution) = objective
    else { return output }
    return distribution.inverseLink(output / multiply + subtract)
  }

  /// A training target in the units of the response; no link, because targets never had one.
  package func actualValue(_ target: Double) -> Double {
    guard case .number(_, let subtract, let multiply) = encoding.response else { return target }
    return target / multiply + subtract
  }
}

extension Model {
  /// The class that is predicted from the probabilities of a row: two classes are told apart by the default threshold,
  /// of several the most probable wins.
  package func label(_ probabilities: ArraySlice<Double>) -> Int {
    guard probabilities.count == 2 else { return ClassificationMetrics.mostProbable(probabilities) }
    return probabilities[probabilities.startIndex + 1] >= defaultThreshold ? 1 : 0
  }
}
