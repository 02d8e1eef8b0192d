/// The distribution of predicted probabilities, in intervals of equal width from 0 to 1.
package struct ScoreHistogram: Sendable, Equatable {
  package static let binCount = 20

  /// The weight of the rows of class 1, and of class 0, in each interval; the last one includes 1.
  package private(set) var positives = [Double](repeating: 0, count: binCount)
  package private(set) var negatives = [Double](repeating: 0, count: binCount)

  /// The bounds of the intervals.
  package static let bounds = (0...binCount).map { Double($0) / Double(binCount) }

  package init(_ table: ThresholdTable) {
    for index in table.thresholds.indices {
      let step = table.step(at: index)
      guard step.threshold >= 0 else { continue }
      let bin = min(Self.binCount - 1, Int(min(1, step.threshold) * Double(Self.binCount)))
      positives[bin] += step.positives
      negatives[bin] += step.negatives
    }
  }
}
