internal import Charts
internal import Metrics

/// The section about the predicted probabilities themselves: their agreement with frequencies, and their distribution.
struct CalibrationSection {
  private let parts: [(name: String, metrics: ClassificationMetrics, calibration: Calibration)]

  init(_ parts: [(name: String, metrics: ClassificationMetrics)]) {
    self.parts = parts.map { ($0.name, $0.metrics, $0.metrics.calibration) }
  }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "calibration", title: "Probabilities")
    guard let leading = parts.last, !leading.calibration.groups.isEmpty else { return section }
    let isBinomial = leading.metrics.binomial != nil
    let names = leading.metrics.scoreNames
    let about = isBinomial ? "class ‘\(names.positive)’" : "the predicted class"
    section.notes = [
      "The probability of \(about), in tenths of the rows. On the diagonal, the probability is the frequency; "
        + "below it, the model is too confident. The error is the mean distance from the diagonal."
    ]
    let charts = [curve(about, isBinomial: isBinomial)] + parts.map { histogram($0.name, $0.metrics, about) }
    section.charts = charts.compactMap { $0 }
    section.tables = [
      .init(
        caption: "Calibration",
        header: [.text("rows"), .number("error")] + (isBinomial ? [.number("Brier score")] : []),
        rows: parts.map { name, metrics, calibration in
          .init(
            cells: [.text(name), .number(calibration.error)]
              + (metrics.binomial.map { [.number($0.thresholds.brierScore)] } ?? []))
        })
    ]
    return section
  }

  private func curve(_ about: String, isBinomial: Bool) -> ReportPage.Chart? {
    var chart = LineChart(
      title: "calibration", horizontalTitle: "mean probability of \(about)",
      verticalTitle: isBinomial ? "observed frequency" : "fraction predicted right",
      series: parts.map { name, _, calibration in
        .init(name: name, points: calibration.groups.map { ($0.meanProbability, $0.observedRate) })
      })
    chart.hasDiagonal = true
    chart.startsAtZero = true
    return .init(caption: "Calibration", markup: chart.markup)
  }

  /// Returns the distribution, as fractions of each class, so that a rare class is visible.
  private func histogram(_ name: String, _ metrics: ClassificationMetrics, _ about: String) -> ReportPage.Chart? {
    let (histogram, names) = (metrics.scoreHistogram, metrics.scoreNames)
    func shares(_ values: [Double]) -> [Double] {
      let total = values.reduce(0, +)
      return values.map { total > 0 ? $0 / total : 0 }
    }
    let isBinomial = metrics.binomial != nil
    let chart = ColumnChart(
      title: "distribution of probabilities, \(name)", horizontalTitle: "probability of \(about)",
      verticalTitle: isBinomial ? "fraction of the class" : "fraction of the predictions",
      bounds: ScoreHistogram.bounds,
      series: [
        .init(name: isBinomial ? "actually \(names.negative)" : names.negative, values: shares(histogram.negatives)),
        .init(name: isBinomial ? "actually \(names.positive)" : names.positive, values: shares(histogram.positives)),
      ])
    return .init(caption: "Distribution of probabilities, \(name)", markup: chart.markup)
  }
}
