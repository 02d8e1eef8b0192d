import Metrics
import Testing

/// Curves of two classes from every distinct score, compared with Tests/Support/metrics/curves.py (scikit-learn 1.9).
@Suite("Curves from every distinct score")
struct ExactCurveTests {
  /// The rows of curves.py.
  private static let (scores, labels, weights) = {
    var state: UInt64 = 7
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return Double(state >> 11) / Double(1 << 53)
    }
    var (scores, labels, weights): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<5000 {
      let score = draw()
      scores.append(score)
      labels.append(draw() < score * score * score ? 1 : 0)
      weights.append(0.25 + draw())
    }
    return (scores, labels, weights)
  }()

  private func rows(_ range: Range<Int>, weighted: Bool) -> ScoredRows {
    ScoredRows(
      actuals: Array(Self.labels[range]), outputs: Self.scores[range].flatMap { [1 - $0, $0] },
      weights: weighted ? Array(Self.weights[range]) : nil)
  }

  private func metrics(
    weighted: Bool, rule: LabelRule = .largest(.f1), curve: MetricRules.Curve = .exact
  ) -> ClassificationMetrics {
    // In three parts, like the held-out rows of cross-validation.
    let parts = [0..<1200, 1200..<3000, 3000..<5000].map { rows($0, weighted: weighted) }
    var options = MetricOptions()
    options.rules.curve = curve
    options.labelRule = rule
    return ClassificationMetrics(parts, labels: ["n", "y"], options: options)
  }

  private func expect(_ found: [[Double]]?, _ expected: [[Double]]) {
    for (row, other) in zip(found ?? [], expected) {
      for (value, wanted) in zip(row, other) { #expect(abs(value - wanted) < 1e-8, "\(value) \(wanted)") }
    }
    #expect(found?.count == 2)
  }

  @Test("areas equal scikit-learn's, also with weights and in parts")
  func areas() throws {
    // A sum of 5,000 terms in another order differs by less than 5000 * 2.2e-16. The pr_auc of
    // curves.py is a sum of small steps, correct to nine digits.
    let plain = try #require(metrics(weighted: false).binomial)
    #expect(abs(plain.auc - 0.90097594116223) < 1e-12)
    #expect(abs(plain.precisionRecallAUC - 0.7598890208827787) < 1e-6)
    let weighted = try #require(metrics(weighted: true).binomial)
    #expect(abs(weighted.auc - 0.8992998163918242) < 1e-12)
    #expect(abs(weighted.precisionRecallAUC - 0.7588930401898127) < 1e-6)
    #expect(weighted.thresholds.thresholds.count == 5000)
  }

  @Test("the areas of H2O's bins are close, but not equal")
  func bins() throws {
    let binned = try #require(metrics(weighted: false, curve: .bins).binomial)
    #expect(binned.thresholds.thresholds.count == 400)
    #expect(abs(binned.auc - 0.90097594116223) > 1e-7 && abs(binned.auc - 0.90097594116223) < 1e-3)
  }

  @Test("thresholds and confusion matrices of the largest criteria equal scikit-learn's")
  func criteria() throws {
    let f1 = metrics(weighted: false)
    #expect(f1.binomial?.defaultThreshold == 0.7182032689168891)
    expect(f1.confusionMatrix.counts, [[3258, 490], [322, 930]])
    let accuracy = metrics(weighted: false, rule: .largest(.accuracy))
    #expect(accuracy.binomial?.defaultThreshold == 0.7942571267080795)
    expect(accuracy.confusionMatrix.counts, [[3466, 282], [488, 764]])
    #expect(abs(accuracy.error - (1 - 0.846)) < 1e-12)
    #expect(metrics(weighted: false, rule: .largestCorrelation).binomial?.defaultThreshold == 0.7182032689168891)
    let youden = metrics(weighted: false, rule: .largest(.meanPerClassAccuracy))
    #expect(youden.binomial?.defaultThreshold == 0.6078951158143246)
    // Youden's J is one minus twice the mean per-class error.
    #expect(abs(1 - 2 * youden.meanPerClassError - 0.6467236200094789) < 1e-12)
    let weighted = metrics(weighted: true)
    #expect(weighted.binomial?.defaultThreshold == 0.7182032689168891)
    expect(
      weighted.confusionMatrix.counts,
      [[2437.4432285430657, 366.93887295644646], [247.4704036365938, 705.0766508522172]])
  }

  @Test("a given threshold labels rows at or above it, whether or not a row has that score")
  func given() throws {
    let found = metrics(weighted: false, rule: .given(0.5))
    let positives = zip(Self.scores, Self.labels).filter { $0.0 >= 0.5 }
    let right = positives.filter { $0.1 == 1 }.count
    #expect(found.binomial?.defaultThreshold == 0.5)
    #expect(found.confusionMatrix.counts?.map { $0[1] } == [Double(positives.count - right), Double(right)])
    let other = metrics(weighted: false).labelled(from: 0.5)
    #expect(other.confusionMatrix == found.confusionMatrix)
    #expect(other.binomial?.auc == metrics(weighted: false).binomial?.auc)
    // Above the highest score no row has the label.
    #expect(found.labelled(from: 1).confusionMatrix.counts?.map { $0[1] } == [0, 0])
    // A given threshold also applies without rows of class 1, where F1 is undefined.
    let none = ClassificationMetrics(
      [ScoredRows(actuals: [0, 0], outputs: [0.9, 0.1, 0.2, 0.8])], labels: ["n", "y"])
    #expect(none.error.isNaN)
    #expect(none.labelled(from: 0.5).error == 0.5)
    // The summary of cross-validation uses the same labels.
    let summary = SummaryMetrics.values(of: .classification(other))
    #expect(summary.first { $0.name == "recall" }?.value == Double(right) / Self.labels.reduce(0, +))
  }

  @Test("tables show at most 400 thresholds, including the ends and the best of each criterion")
  func shown() throws {
    let table = try #require(metrics(weighted: false).binomial).thresholds
    let shown = table.shownIndices
    #expect(shown.count <= ThresholdTable.maximumShown && shown.count > 380)
    #expect(shown == shown.sorted() && Set(shown).count == shown.count)
    #expect(shown.first == 0 && shown.last == table.thresholds.count - 1)
    for criterion in ThresholdTable.Criterion.allCases {
      #expect(shown.contains(try #require(table.indexOfMaximum(criterion))), "\(criterion)")
    }
    // None of the gaps is much longer than an even spacing.
    #expect(zip(shown, shown.dropFirst()).allSatisfy { $1 - $0 <= 5000 / 380 + 1 })
  }

  @Test(
    "hit ratios are limited by the requested rank and the number of classes", arguments: [(3, 3), (15, 12)])
  func hitRatios(_ wanted: Int, _ count: Int) {
    let classes = (0..<12).map { "c\($0)" }
    let outputs = (0..<12).flatMap { _ in (0..<12).map { Double(12 - $0) / 78 } }
    var options = MetricOptions()
    options.hitRanks = wanted
    let found = ClassificationMetrics(
      [ScoredRows(actuals: (0..<12).map(Double.init), outputs: outputs)], labels: classes, options: options
    ).hitRatios
    #expect(found.count == count)
    for (index, ratio) in found.enumerated() { #expect(abs(ratio - Double(index + 1) / 12) < 1e-12) }
  }
}
