internal import Charts
internal import Metrics
internal import Models

/// The section about the choice of the decision threshold of two classes.
struct ThresholdSection {
  /// The number of criteria shown: the first ones measure quality, the others are counts and rates.
  private static let shownCriteria = 10
  /// The number of thresholds in the table, besides that of the model.
  private static let shownThresholds = 12

  private let tables: [(name: String, metrics: ClassificationMetrics.Binomial)]
  private let model: Model
  /// The costs that have chosen the threshold; nil if something else has.
  private let costs: DecisionCosts?

  init(
    _ tables: [(name: String, metrics: ClassificationMetrics.Binomial)], model: Model, costs: DecisionCosts? = nil
  ) {
    self.costs = costs
    self.tables = tables.filter { !$0.metrics.thresholds.thresholds.isEmpty }
    self.model = model
  }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "threshold", title: "Decision threshold")
    guard let leading = tables.last, let classes = model.classes, classes.count == 2 else { return section }
    section.notes = [
      "A higher threshold finds fewer rows of class ‘\(classes[1])’ and makes fewer mistakes about them. "
        + "The delivered one is \(ChartNumber.text(leading.metrics.defaultThreshold)); choose another threshold with "
        + "--threshold, an option of deepspool predict."
    ]
    if let costs {
      let means = tables.map { table in
        let mean = costs.mean(table.metrics.thresholds, from: leading.metrics.defaultThreshold)
        return "\(ChartNumber.text(mean)) per row on \(table.name)"
      }
      section.notes.append(
        "It has the smallest cost if a wrong ‘\(classes[1])’ costs \(ChartNumber.text(costs.falsePositive)) and a wrong "
          + "‘\(classes[0])’ costs \(ChartNumber.text(costs.falseNegative)): \(means.joined(separator: ", ")).")
    }
    section.slider = ThresholdSlider(
      negative: classes[0], positive: classes[1], threshold: leading.metrics.defaultThreshold,
      parts: tables.map { .init($0.name, $0.metrics.thresholds) })
    section.tables =
      [
        choices(leading.name, leading.metrics)
      ] + tables.map { criteria($0.name, $0.metrics.thresholds) }
    return section
  }

  /// Returns thresholds spread evenly over the rows, with the one of the model.
  private func choices(_ name: String, _ metrics: ClassificationMetrics.Binomial) -> ReportPage.Table {
    let table = metrics.thresholds
    let own = table.index(from: metrics.defaultThreshold)
    let total = table.positives + table.negatives
    var shown = Set([own].compactMap { $0 })
    for step in 1...Self.shownThresholds {
      let wanted = Double(step) / Double(Self.shownThresholds) * total
      if let index = table.thresholds.indices.first(where: {
        table.truePositives[$0] + table.falsePositives[$0] >= wanted * (1 - 1e-12)
      }) {
        shown.insert(index)
      }
    }
    let rows = shown.sorted().map { index in
      let rates: [ThresholdTable.Criterion] = [.precision, .recall, .specificity, .f1]
      let counts: [ThresholdTable.Criterion] = [.tps, .fps, .fns, .tns]
      return ReportPage.Row(
        cells: [.number(table.thresholds[index]), .number(1 - table.value(.accuracy, at: index))]
          + (rates + counts).map { .number(table.value($0, at: index)) },
        isMarked: index == own)
    }
    return .init(
      caption: "Consequences of thresholds on \(name), with that of the model marked",
      header: [
        "threshold", "error rate", "precision", "recall", "specificity", "F1", "true positives", "false positives",
        "false negatives", "true negatives",
      ].map { .number($0) }, rows: rows)
  }

  private func criteria(_ name: String, _ table: ThresholdTable) -> ReportPage.Table {
    let rows = ThresholdTable.Criterion.allCases.prefix(Self.shownCriteria).compactMap {
      criterion -> ReportPage.Row? in
      guard let index = table.indexOfMaximum(criterion) else { return nil }
      return .init(cells: [
        .text("largest \(MetricSections.label(criterion.rawValue))"), .number(table.thresholds[index]),
        .number(table.value(criterion, at: index)),
      ])
    }
    return .init(
      caption: "Best thresholds on \(name)", header: [.text("criterion"), .number("threshold"), .number("value")],
      rows: rows, isFolded: true)
  }
}
