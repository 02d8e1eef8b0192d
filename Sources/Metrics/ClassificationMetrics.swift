/// Metrics of a classifier (h2o-behaviour.md#classification-metrics and #metrics-of-two-classes and
/// #metrics-of-more-classes).
package struct ClassificationMetrics: Sendable {
  /// What two classes have beyond several.
  package struct Binomial: Sendable {
    package let thresholds: ThresholdTable
    package let auc: Double
    package let precisionRecallAUC: Double
    /// The probability from which on the label is class 1: that of the largest F1, or what ``MetricOptions/labelRule``
    /// says.
    ///
    /// One half where the rule says nothing, as F1 where no row is of class 1.
    package fileprivate(set) var defaultThreshold: Double
    /// Whether the rule said something, or a threshold was given.
    package fileprivate(set) var isDecided: Bool
    /// Nil if gainslift_bins is 0.
    package let gainsLift: GainsLift?

    package var gini: Double { 2 * auc - 1 }
  }

  /// Probabilities below this count as this in the log loss.
  private static let smallestProbability = 1e-15

  package let rowCount: Int
  /// Mean of (1 - probability of the actual class) squared: not the Brier score.
  package let meanSquaredError: Double
  package let logLoss: Double
  /// One minus the mean squared error over the variance of the class number; as in H2O.
  package let r2: Double
  package private(set) var confusionMatrix: ConfusionMatrix
  /// Share of rows whose actual class is among the k most probable, for k = 1, 2, ...; empty for two classes.
  package let hitRatios: [Double]
  package private(set) var binomial: Binomial?
  /// Areas under the curves of several classes; nil unless they were asked for.
  package let multinomialAUC: MultinomialAUC?

  /// The metric of the user's own; nil if there is none.
  package let custom: Double?

  package var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }
  /// Share of wrong labels; not a number where nothing says which threshold counts, as in H2O where no row is of class
  /// 1.
  package var error: Double { hasLabels ? confusionMatrix.error : .nan }
  package var meanPerClassError: Double { hasLabels ? confusionMatrix.meanPerClassError : .nan }
  private var hasLabels: Bool { binomial?.isDecided ?? true }

  /// Metrics of rows whose class is known.
  ///
  /// - Parameters:
  ///   - parts: Actual class numbers (NaN where missing), probabilities [rows x classes] and weights; several parts are
  ///     counted together.
  ///   - labels: Names of the classes.
  ///   - options: Which tables are wanted.
  package init(_ parts: [ScoredRows], labels: [String], options: MetricOptions = MetricOptions()) {
    let classes = labels.count
    var sums = Sums()
    var builder = ThresholdTableBuilder(options.rules.curve)
    var scored: [GainsLift.Row] = []
    var matrix = ConfusionMatrix(labels: labels + (parts.first?.strangers.labels ?? []))
    var hits = [Double](repeating: 0, count: classes > 2 ? min(options.hitRanks, classes) : 0)
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
          matrix.add(actual: actual, predicted: Self.mostProbable(predicted))
          if rank < hits.count { hits[rank] += rank == 0 && options.rules.hitCounting == .onesAtFirstRank ? 1 : weight }
        }
      }
      part.forEachStranger(width: classes) { stranger, predicted, weight in
        sums.add(
          probability: 0, actual: classes + stranger, weight: weight, logLossOperand: options.rules.logLossOperand)
        matrix.add(actual: classes + stranger, predicted: Self.mostProbable(predicted))
        // As in H2O: what is nowhere among all ranks counts as the last one.
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
    custom = options.custom?.value(parts, width: classes)
    multinomialAUC = classes > 2 ? MultinomialAUC(parts, labels: labels, options: options) : nil
    confusionMatrix = binomial.map { Self.matrix($0, labels: labels) } ?? matrix
  }

  /// All rows that can be ranked, also those whose class is not known; one row stands for those without weight, to
  /// which H2O gives the probability 0.
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

  /// The most probable class; of equally probable ones the first.
  package static func mostProbable(_ probabilities: ArraySlice<Double>) -> Int {
    var best = probabilities.startIndex
    for index in probabilities.indices where probabilities[index] > probabilities[best] { best = index }
    return best - probabilities.startIndex
  }

  /// How many classes are more probable than `actual`, or as probable and before it.
  private static func rank(of actual: Int, in probabilities: ArraySlice<Double>) -> Int {
    let own = probabilities.startIndex + actual
    return probabilities.indices.reduce(0) { rank, other in
      let isBefore =
        probabilities[other] > probabilities[own] || (probabilities[other] == probabilities[own] && other < own)
      return rank + (isBefore ? 1 : 0)
    }
  }

  /// The confusion matrix at the default threshold; where nothing has decided on one no row is labelled as class 1.
  private static func matrix(_ binomial: Binomial, labels: [String]) -> ConfusionMatrix {
    let table = binomial.thresholds
    guard binomial.isDecided, let index = table.index(from: binomial.defaultThreshold) else {
      return ConfusionMatrix(
        labels: labels, counts: [[table.negatives, 0], [table.positives, 0]])
    }
    let (tp, fp) = (table.truePositives[index], table.falsePositives[index])
    return ConfusionMatrix(labels: labels, counts: [[table.negatives - fp, fp], [table.positives - tp, tp]])
  }

  /// The same with labels of class 1 from another threshold on: confusion matrix and errors change, curves do not.
  ///
  /// With more or fewer than two classes nothing changes.
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
    // Rows of one class have an area too (h2o-behaviour.md#metrics-of-two-classes); no row at all has none.
    let hasRows = !table.thresholds.isEmpty
    auc = hasRows ? table.auc : .nan
    precisionRecallAUC = hasRows ? table.precisionRecallAUC : .nan
    let threshold = options.labelRule.threshold(table)
    (defaultThreshold, isDecided) = (threshold ?? 0.5, threshold != nil)
    gainsLift =
      options.hasGainsLift
      ? GainsLift(rows, groupCount: options.gainsLiftGroups, counting: options.rules.rowCounting) : nil
  }
}
