internal import Charts
internal import JobFiles
internal import Metrics
internal import Models
internal import Training

/// The sections about the quality of a classifier, with one part per table that it was measured on.
struct ClassificationSections {
  private static let shownGroups = 20
  /// The number of criteria shown: the first ones measure quality, the others are counts and rates.
  private static let shownCriteria = 10

  private let content: ReportContent
  private let parts: [(name: String, metrics: ClassificationMetrics)]

  init(_ content: ReportContent) {
    self.content = content
    parts = content.parts.compactMap { part in
      if case .classification(let metrics) = part.metrics { (part.name, metrics) } else { nil }
    }
  }

  var sections: [ReportPage.Section] { [confusion, curves, lift, hits] }

  private var confusion: ReportPage.Section {
    var section = ReportPage.Section(id: "confusion", title: "Confusion matrix")
    section.notes = threshold.map { [$0] } ?? []
    section.notes += parts.map { name, metrics in errorNote(name, metrics) }
    section.charts = parts.compactMap { name, metrics in
      let matrix = metrics.confusionMatrix
      guard let counts = matrix.counts else { return nil }
      let map = HeatMap(
        title: "confusion matrix on \(name)", rowTitle: "actual", columnTitle: "predicted", labels: matrix.labels,
        counts: counts)
      return map.markup.isEmpty
        ? nil : .init(caption: "Rows by actual and predicted class, \(name)", markup: map.markup)
    }
    section.tables = parts.map { name, metrics in errors(name, metrics.confusionMatrix) }
    return section
  }

  /// The decision threshold and its source; nil if each table has its own, or if there are not two classes.
  private var threshold: String? {
    guard let threshold = content.labelThreshold, content.plan.rules.thresholds == .oneForAllTables,
      let name = content.model.classes?.last
    else { return nil }
    let reason =
      threshold.source == .given
      ? "set by the job"
      : "that maximises \(MetricSections.label(content.job.labelThreshold.text)) on \(threshold.source.words)"
    return "Class ‘\(name)’ is predicted if its probability is at least \(ChartNumber.text(threshold.value)), "
      + "the decision threshold \(reason)."
  }

  private func errorNote(_ name: String, _ metrics: ClassificationMetrics) -> String {
    let rows = ChartNumber.text(metrics.confusionMatrix.total)
    guard !metrics.error.isNaN else {
      return "On \(name): none of the \(rows) rows is of class ‘\(metrics.confusionMatrix.labels.last ?? "")’, "
        + "so no decision threshold could be chosen."
    }
    let own = threshold == nil ? metrics.binomial.map(\.defaultThreshold) : nil
    return "On \(name): error rate \(ChartNumber.text(100 * metrics.error)) % of \(rows) rows."
      + (own.map { " The decision threshold of this table is \(ChartNumber.text($0))." } ?? "")
  }

  private func errors(_ name: String, _ matrix: ConfusionMatrix) -> ReportPage.Table {
    let worst = matrix.labels.indices.map { ($0, matrix.errors(of: $0)) }.filter { $0.1.total > 0 }
      .sorted { ($1.1.wrong / $1.1.total, $0.0) < ($0.1.wrong / $0.1.total, $1.0) }
    return .init(
      caption: "Error rate per class on \(name), worst first",
      header: [.text("class"), .number("rows"), .number("wrong"), .number("error rate")],
      rows: worst.prefix(Self.shownGroups).map { index, errors in
        .init(cells: [
          .text(matrix.labels[index]), .number(ChartNumber.text(errors.total)),
          .number(ChartNumber.text(errors.wrong)), .number(ChartNumber.text(errors.wrong / errors.total)),
        ])
      }, isFolded: matrix.labels.count > 2 || parts.count > 1)
  }

  private var curves: ReportPage.Section {
    var section = ReportPage.Section(id: "curves", title: "ROC and precision–recall")
    let tables = parts.compactMap { part in part.metrics.binomial.map { (part.name, $0) } }
    guard !tables.isEmpty else { return section }
    var roc = LineChart(
      title: "ROC curve", horizontalTitle: "false positive rate", verticalTitle: "true positive rate",
      series: tables.map { name, binomial in
        .init(
          name: "\(name): AUC \(ChartNumber.text(binomial.auc))",
          points: [(0, 0)] + Self.points(binomial.thresholds, .fpr, .tpr))
      })
    roc.hasDiagonal = true
    roc.startsAtZero = true
    var precision = LineChart(
      title: "precision-recall curve", horizontalTitle: "recall", verticalTitle: "precision",
      series: tables.map { name, binomial in
        .init(
          name: "\(name): area \(ChartNumber.text(binomial.precisionRecallAUC))",
          points: Self.points(binomial.thresholds, .recall, .precision))
      })
    precision.startsAtZero = true
    section.charts = [
      .init(caption: "ROC curve", markup: roc.markup), .init(caption: "Precision and recall", markup: precision.markup),
    ]
    section.tables = tables.map { name, binomial in criteria(name, binomial.thresholds) }
    return section
  }

  private static func points(
    _ table: ThresholdTable, _ horizontal: ThresholdTable.Criterion, _ vertical: ThresholdTable.Criterion
  ) -> [(x: Double, y: Double)] {
    table.shownIndices.map { (table.value(horizontal, at: $0), table.value(vertical, at: $0)) }
  }

  private func criteria(_ name: String, _ table: ThresholdTable) -> ReportPage.Table {
    let rows = ThresholdTable.Criterion.allCases.prefix(Self.shownCriteria).compactMap {
      criterion -> ReportPage.Row? in
      guard let index = table.indexOfMaximum(criterion) else { return nil }
      return .init(cells: [
        .text("largest \(MetricSections.label(criterion.rawValue))"),
        .number(ChartNumber.text(table.thresholds[index])),
        .number(ChartNumber.text(table.value(criterion, at: index))),
      ])
    }
    return .init(
      caption: "Best thresholds on \(name)", header: [.text("criterion"), .number("threshold"), .number("value")],
      rows: rows, isFolded: true)
  }

  private var lift: ReportPage.Section {
    var section = ReportPage.Section(id: "lift", title: "Gains and lift")
    let tables = parts.compactMap { part in part.metrics.binomial?.gainsLift.map { (part.name, $0) } }
    guard !tables.isEmpty else { return section }
    section.notes = [
      "Rows are sorted by descending probability. "
        + "Lift compares the response rate of the first rows with that of all rows."
    ]
    var captured = LineChart(
      title: "cumulative capture rate", horizontalTitle: "fraction of rows", verticalTitle: "cumulative capture rate",
      series: tables.map { name, table in
        .init(name: name, points: [(0, 0)] + table.groups.map { ($0.cumulativeDataFraction, $0.cumulativeCaptureRate) })
      })
    captured.hasDiagonal = true
    captured.startsAtZero = true
    var lift = LineChart(
      title: "cumulative lift", horizontalTitle: "fraction of rows", verticalTitle: "cumulative lift",
      series: tables.map { name, table in
        .init(
          name: name,
          points: table.groups.filter { !$0.cumulativeLift.isNaN }.map {
            ($0.cumulativeDataFraction, $0.cumulativeLift)
          })
      })
    lift.startsAtZero = true
    section.charts = [
      .init(caption: "Cumulative capture rate", markup: captured.markup),
      .init(caption: "Cumulative lift", markup: lift.markup),
    ]
    section.tables = tables.map { name, table in groups(name, table) }
    return section
  }

  private func groups(_ name: String, _ table: GainsLift) -> ReportPage.Table {
    .init(
      caption: "Groups on \(name)",
      header: [
        "fraction of rows", "threshold", "lift", "cumulative lift", "response rate", "cumulative capture rate",
        "Kolmogorov–Smirnov",
      ]
      .map { .number($0) },
      rows: table.groups.prefix(Self.shownGroups).map { group in
        .init(
          cells: [
            group.cumulativeDataFraction, group.lowerThreshold, group.lift, group.cumulativeLift, group.responseRate,
            group.cumulativeCaptureRate, group.kolmogorovSmirnov,
          ].map { .number(ChartNumber.text($0)) })
      }, isFolded: true)
  }

  private var hits: ReportPage.Section {
    let parts = parts.filter { !$0.metrics.hitRatios.isEmpty }
    var section = ReportPage.Section(id: "hits", title: "Hit ratios")
    guard let first = parts.first, content.job.maxHitRatioK > 0 else { return section }
    section.notes = ["Fraction of rows whose actual class is among the k most probable classes."]
    section.tables = [
      .init(
        header: [.number("k")] + parts.map { .number($0.name) },
        rows: first.metrics.hitRatios.indices.prefix(content.job.maxHitRatioK).map { index in
          .init(
            cells: [.number(String(index + 1))]
              + parts.map { .number(ChartNumber.text($0.metrics.hitRatios[index])) })
        })
    ]
    return section
  }
}
