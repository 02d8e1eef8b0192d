internal import Algorithms

/// The counts and criteria of a binomial model at every threshold, in descending order of thresholds.
package struct ThresholdTable: Sendable {
  /// A quality criterion of a binomial classifier at a threshold.
  ///
  /// The order is that of H2O's tables.
  package enum Criterion: String, CaseIterable, Sendable {
    case f1, f2, f0point5, accuracy, precision, recall, specificity
    case absoluteMCC = "absolute_mcc"
    case minPerClassAccuracy = "min_per_class_accuracy"
    case meanPerClassAccuracy = "mean_per_class_accuracy"
    case tns, fns, fps, tps, tnr, fnr, fpr, tpr
  }

  /// Class 1 is predicted if the probability reaches the threshold.
  package let thresholds: [Double]
  /// The weight of rows of class 1, and of class 0, at or above each threshold.
  package let truePositives: [Double]
  package let falsePositives: [Double]
  package let positives: Double
  package let negatives: Double

  /// The rows that share a score, or a bin of scores.
  struct Step {
    let threshold: Double
    /// The weight of rows of class 1, and of class 0.
    var positives: Double
    var negatives: Double
  }

  package init(_ histogram: AUCHistogram) {
    self.init(
      histogram.bins.reversed().map { Step(threshold: $0.center, positives: $0.positives, negatives: $0.negatives) })
  }

  /// `steps`: In descending order of thresholds.
  init(_ steps: [Step]) {
    var positives = 0.0
    var negatives = 0.0
    var truePositives: [Double] = []
    var falsePositives: [Double] = []
    truePositives.reserveCapacity(steps.count)
    falsePositives.reserveCapacity(steps.count)
    for step in steps {
      positives += step.positives
      negatives += step.negatives
      truePositives.append(positives)
      falsePositives.append(negatives)
    }
    thresholds = steps.map(\.threshold)
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.positives = positives
    self.negatives = negatives
  }

  /// Returns the rows with exactly this score.
  func step(at index: Int) -> Step {
    let before = index > 0 ? (truePositives[index - 1], falsePositives[index - 1]) : (0, 0)
    return Step(
      threshold: thresholds[index], positives: truePositives[index] - before.0,
      negatives: falsePositives[index] - before.1)
  }

  /// The mean squared difference between the probability and the class, 0 or 1; NaN without rows.
  package var brierScore: Double {
    let squares = thresholds.indices.reduce(0.0) { sum, index in
      let step = step(at: index)
      let (hit, miss) = (1 - step.threshold, step.threshold)
      return sum + step.positives * hit * hit + step.negatives * miss * miss
    }
    return squares / (positives + negatives)
  }

  /// Returns a criterion at threshold `index`; NaN if undefined.
  package func value(_ criterion: Criterion, at index: Int) -> Double {
    let tp = truePositives[index]
    let fp = falsePositives[index]
    let fn = positives - tp
    let tn = negatives - fp
    let precision = tp / (tp + fp)
    let recall = tp / positives
    let specificity = tn / negatives
    switch criterion {
    case .f1: return 2 * precision * recall / (precision + recall)
    case .f2: return 5 * precision * recall / (4 * precision + recall)
    case .f0point5: return 1.25 * precision * recall / (0.25 * precision + recall)
    case .accuracy: return (tp + tn) / (positives + negatives)
    case .precision: return precision
    case .recall, .tpr: return recall
    case .specificity, .tnr: return specificity
    case .absoluteMCC:
      let correlation = matthewsCorrelation(at: index)
      return correlation.isNaN ? 0 : min(1, abs(correlation))
    case .minPerClassAccuracy: return min(recall, specificity)
    case .meanPerClassAccuracy: return 0.5 * (recall + specificity)
    case .tns: return tn
    case .fns: return fn
    case .fps: return fp
    case .tps: return tp
    case .fnr: return fn / positives
    case .fpr: return fp / negatives
    }
  }

  /// Returns the Matthews correlation coefficient at threshold `index`; NaN if all rows have one label, or one class.
  package func matthewsCorrelation(at index: Int) -> Double {
    let (tp, fp) = (truePositives[index], falsePositives[index])
    let (fn, tn) = (positives - tp, negatives - fp)
    return (tp * tn - fp * fn) / ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)).squareRoot()
  }

  /// Returns the highest threshold at which a criterion is largest; nil if it is undefined everywhere.
  package func indexOfMaximum(_ criterion: Criterion) -> Int? { indexOfMaximum { value(criterion, at: $0) } }

  /// Returns the first index at which a value is largest; nil if it is NaN everywhere.
  func indexOfMaximum(_ value: (Int) -> Double) -> Int? {
    var best: (index: Int, value: Double)?
    for index in thresholds.indices {
      let value = value(index)
      if !value.isNaN, value > best?.value ?? -.infinity { best = (index, value) }
    }
    return best?.index
  }

  /// Returns the lowest threshold at or above `threshold`; rows from there up are labelled class 1.
  ///
  /// Nil if there is none.
  package func index(from threshold: Double) -> Int? {
    if let index = thresholds.firstIndex(of: threshold) { return index }
    let count = thresholds.partitioningIndex { $0 < threshold }
    return count > 0 ? count - 1 : nil
  }

  /// The maximum number of thresholds in tables and charts; a curve has one per distinct score.
  package static let maximumShown = 400

  /// The indexes of the thresholds shown in tables and charts, ascending.
  ///
  /// All of them, or ``maximumShown`` that are spread evenly over the distinct scores and include
  /// those of the largest criteria.
  package var shownIndices: [Int] {
    guard thresholds.count > Self.maximumShown else { return Array(thresholds.indices) }
    var shown = Set(Criterion.allCases.compactMap(indexOfMaximum) + [0, thresholds.count - 1])
    let spread = Self.maximumShown - shown.count
    for step in 0..<spread { shown.insert(step * (thresholds.count - 1) / (spread - 1)) }
    return shown.sorted()
  }

  /// The area under the ROC curve, by the trapezoidal rule.
  package var auc: Double {
    guard negatives > 0 else { return 1 }
    guard positives > 0 else { return 0 }
    var area = 0.0
    var (tp0, fp0) = (0.0, 0.0)
    for (tp, fp) in zip(truePositives, falsePositives) {
      area += (fp - fp0) * (tp + tp0) / 2
      (tp0, fp0) = (tp, fp)
    }
    return area / (positives * negatives)
  }

  /// The area under the precision-recall curve, an exact integral of the interpolation of Davis and Goadrich 2006.
  package var precisionRecallAUC: Double {
    guard negatives > 0 else { return 1 }
    guard positives > 0 else { return 0 }
    var area = 0.0
    var (tp0, fp0) = (0.0, 0.0)
    for (tp, fp) in zip(truePositives, falsePositives) {
      let (slope, offset): (Double, Double)
      if tp == tp0 {
        (slope, offset) = (1, 0)
      } else {
        let falsePerTrue = (fp - fp0) / (tp - tp0)
        (slope, offset) = (1 + falsePerTrue, (fp0 - falsePerTrue * tp0) / positives)
      }
      let (recall, recall0) = (tp / positives, tp0 / positives)
      if offset == 0 {
        area += (recall - recall0) / slope
      } else {
        let logarithms = Logarithm.natural(slope * recall + offset) - Logarithm.natural(slope * recall0 + offset)
        area += (recall - recall0 - offset / slope * logarithms) / slope
      }
      (tp0, fp0) = (tp, fp)
    }
    return area
  }
}
