/// Metrics of a classifier (h2o-behaviour.md#classification-metrics and #metrics-of-two-classes and
/// #metrics-of-more-classes).
package struct ClassificationMetrics: Sendable {
  /// The additional metrics of two classes.
  package struct Binomial: Sendable {
    package let thresholds: ThresholdTable
    package let auc: Double
    package let precisionRecallAUC: Double
    /// The decision threshold: the probability at or above which the label is class 1.
    ///
    /// ``MetricOptions/labelRule`` chooses it, by default at maximum F1. It is 0.5 if the rule has
    /// no result, as for F1 without rows of class 1.
    package fileprivate(set) var defaultThreshold: Double
    /// True if the rule had a result, or if a threshold was given.
    package fileprivate(set) var isDecided: Bool
    /// Nil if gainslift_bins is 0.
    package let gainsLift: GainsLift?

    package var gini: Double { 2 * auc - 1 }
  }

  /// The lower limit of probabilities in the log loss.
  private static let smallestProbability = 1e-15

  package let rowCount: Int
  /// The mean of (1 - probability of the actual class) squared; not the Brier score.
  package let meanSquaredError: Double
  package let logLoss: Double
  /// One minus the mean squared error divided by the variance of the class index, as in H2O.
  package let r2: Double
  package private(set) var confusionMatrix: ConfusionMatrix
  /// The fraction of rows whose actual class is among the k most probable, for k = 1, 2, ...; empty for two classes.
  package let hitRatios: [Double]
  package private(set) var binomial: Binomial?
  /// The areas under the curves of several classes; nil unless requested.
  package let multinomialAUC: MultinomialAUC?

  /// The probabilities of the predicted classes of several classes: class 1 are the right predictions.
  private let confidences: ThresholdTable?

  /// Whether the rows can decide between networks and thresholds.
  ///
  /// Rows of a single class cannot, because a network that always predicts this class is perfect on them; H2O uses
  /// them all the same.
  package let isDecisive: Bool

  /// The user-defined metric; nil without one.
  package let custom: Double?

  /// The agreement of probabilities with frequencies: of class 1, or of the predicted one of several classes.
  package var calibration: Calibration { Calibration(scores) }
  /// The distribution of the probabilities of class 1, or of the predicted one of several classes.
  package var scoreHistogram: ScoreHistogram { ScoreHistogram(scores) }
  private var scores: ThresholdTable { binomial?.thresholds ?? confidences ?? ThresholdTable([]) }

  package var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }
  /// The error rate; NaN without a decision threshold, as in H2O without rows of class 1.
  package var error: Double { hasLabels ? confusionMatrix.error : .nan }
  package var meanPerClassError: Double { hasLabels ? confusionMatrix.meanPerClassError : .nan }
  private var hasLabels: Bool { binomial?.isDecided ?? true }

  /// Computes the metrics of rows with a known class.
  ///
  /// - Parameters:
  ///   - parts: Actual class indexes (NaN if missing), probabilities [rows x classes] and weights;
  ///     all parts count together.
  ///   - labels: The names of the classes.
  ///   - options: The requested tables.
  package init(_ parts: [ScoredRows], labels: [String], options: MetricOptions = MetricOptions()) {
    let classes = labels.count
    var sums = Sums()
    var builder = ThresholdTableBuilder(options.rules.curve)
    var scored: [GainsLift.Row] = []
    var matrix = ConfusionMatrix(labels: labels + (parts.first?.strangers.labels ?? []))
    var hits = [Double](repeating: 0, count: classes > 2 ? min(options.hitRanks, classes) : 0)
    var bins = ConfidenceBins()
    for part in parts {
      part.forEachRow(width: classes) { actual, predicted, weight in
        let actual = Int(actual)
        sums.add(
          probability: predicted[predicted.startIndex + actual], actual: actual, weight: weight,
          logLossOperand: options.rules.logLossOperand)
        if classes == 2 {
          let probability = predicted[predicted.startIndex + 1]
          builder.insert(probability, isPositive: actual == 1, weight: weight)
        } else {
          let rank = Self.rank(of: actual, in: predicted)
          let label = Self.mostProbable(predicted)
          matrix.add(actual: actual, predicted: label)
          bins.add(predicted[predicted.startIndex + label], isRight: label == actual, weight: weight)
          if rank < hits.count { hits[rank] += rank == 0 && options.rules.hitCounting == .onesAtFirstRank ? 1 : weight }
        }
      }
      part.forEachStranger(width: classes) { stranger, predicted, weight in
        sums.add(
          probability: 0, actual: classes + stranger, weight: weight, logLossOperand: options.rules.logLossOperand)
        let label = Self.mostProbable(predicted)
        matrix.add(actual: classes + stranger, predicted: label)
        bins.add(predicted[predicted.startIndex + label], isRight: false, weight: weight)
        // As in H2O, an unknown class counts as a hit at the last rank.
        if hits.count == classes { hits[classes - 1] += weight }
      }
      builder.endPart()
      if classes == 2, options.hasGainsLift { scored += Self.gainsLiftRows(part) }
    }
    rowCount = sums.count
    meanSquaredError = sums.squares / sums.weight
    logLoss = sums.logs / sums.weight
    let variance = sums.count > 1 ? sums.classSquares / sums.weight - sums.meanClass * sums.meanClass : 0
    r2 = 1 - meanSquaredError / variance
    var cumulative = 0.0
    hitRatios = hits.map {
      cumulative += $0
      return cumulative / sums.weight
    }
    binomial = classes == 2 ? Binomial(builder.table(), scored, options: options) : nil
    confidences = classes > 2 ? bins.table : nil
    custom = options.custom?.value(parts, width: classes)
    multinomialAUC = classes > 2 ? MultinomialAUC(parts, labels: labels, options: options) : nil
    confusionMatrix = binomial.map { Self.matrix($0, labels: labels) } ?? matrix
    let present = (0..<classes).count { [confusionMatrix] in confusionMatrix.errors(of: $0).total > 0 }
    isDecisive = present != 1 || options.rules.oneClassDecides
  }

  /// Returns all rows with a probability, including those of unknown class.
  ///
  /// One further row stands for the rows without weight, to which H2O gives the probability 0.
  private static func gainsLiftRows(_ part: ScoredRows) -> [GainsLift.Row] {
    let ranked: [GainsLift.Row] = part.actuals.indices.compactMap { row in
      let (actual, probability, weight) = (part.actuals[row], part.outputs[2 * row + 1], part.weights?[row] ?? 1)
      guard weight > 0, !probability.isNaN else { return nil }
      return .init(probability: probability, isPositive: actual.isNaN ? nil : actual == 1, weight: weight)
    }
    return ranked + (!part.actualsLeftOut.isEmpty ? [.init(probability: 0, isPositive: nil, weight: 0)] : [])
  }

  private struct Sums {
    var (count, weight, squares, logs, classes, classSquares) = (0, 0.0, 0.0, 0.0, 0.0, 0.0)

    var meanClass: Double { classes / weight }

    mutating func add(
      probability: Double, actual: Int, weight: Double, logLossOperand: MetricRules.LogLossOperand
    ) {
      let error = 1 - probability
      let operand =
        switch logLossOperand {
        case .probability: probability
        case .complementOfError: 1 - error
        }
      count += 1
      self.weight += weight
      squares += weight * error * error
      logs += weight * -Logarithm.natural(max(ClassificationMetrics.smallestProbability, operand))
      classes += weight * Double(actual)
      classSquares += weight * Double(actual * actual)
    }
  }

  /// Returns the most probable class; of equally probable classes, the first.
  package static func mostProbable(_ probabilities: ArraySlice<Double>) -> Int {
    var best = probabilities.startIndex
    for index in probabilities.indices where probabilities[index] > probabilities[best] { best = index }
    return best - probabilities.startIndex
  }

  /// Returns the number of classes that are more probable than `actual`, or equally probable and before it.
  private static func rank(of actual: Int, in probabilities: ArraySlice<Double>) -> Int {
    let own = probabilities.startIndex + actual
    return probabilities.indices.reduce(0) { rank, other in
      let isBefore =
        probabilities[other] > probabilities[own] || (probabilities[other] == probabilities[own] && other < own)
      return rank + (isBefore ? 1 : 0)
    }
  }

  /// Returns the confusion matrix at the decision threshold; without one, no row is labelled class 1.
  private static func matrix(_ binomial: Binomial, labels: [String]) -> ConfusionMatrix {
    let table = binomial.thresholds
    guard binomial.isDecided, let index = table.index(from: binomial.defaultThreshold) else {
      return ConfusionMatrix(
        labels: labels, counts: [[table.negatives, 0], [table.positives, 0]])
    }
    let (tp, fp) = (table.truePositives[index], table.falsePositives[index])
    return ConfusionMatrix(labels: labels, counts: [[table.negatives - fp, fp], [table.positives - tp, tp]])
  }

  /// Returns the metrics at another decision threshold: the confusion matrix and errors change, curves do not.
  ///
  /// Has no effect unless there are exactly two classes.
  package func labelled(from threshold: Double) -> ClassificationMetrics {
    guard var binomial else { return self }
    (binomial.defaultThreshold, binomial.isDecided) = (threshold, true)
    var metrics = self
    metrics.binomial = binomial
    metrics.confusionMatrix = Self.matrix(binomial, labels: confusionMatrix.labels)
    return metrics
  }
}

extension ClassificationMetrics.Binomial {
  fileprivate init(_ table: ThresholdTable, _ rows: [GainsLift.Row], options: MetricOptions) {
    thresholds = table
    // In H2O rows of a single class have an area, too (h2o-behaviour.md#metrics-of-two-classes); an empty table has none.
    let hasArea =
      options.rules.oneClassDecides ? !table.thresholds.isEmpty : table.positives > 0 && table.negatives > 0
    auc = hasArea ? table.auc : .nan
    precisionRecallAUC = hasArea ? table.precisionRecallAUC : .nan
    let threshold = options.labelRule.threshold(table)
    (defaultThreshold, isDecided) = (threshold ?? 0.5, threshold != nil)
    gainsLift =
      options.hasGainsLift
      ? GainsLift(rows, groupCount: options.gainsLiftGroups, counting: options.rules.rowCounting) : nil
  }
}
