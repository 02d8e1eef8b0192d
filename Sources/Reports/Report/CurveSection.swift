internal import Charts
internal import Metrics

/// The section about the order in which a model of two classes ranks rows: ROC, precision-recall, gains and lift.
struct CurveSection {
  private let tables: [(name: String, metrics: ClassificationMetrics.Binomial)]

  init(_ tables: [(name: String, metrics: ClassificationMetrics.Binomial)]) { self.tables = tables }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "curves", title: "ROC, precision–recall and gains")
    guard !tables.isEmpty else { return section }
    let lifts = tables.compactMap { part in part.metrics.gainsLift.map { (name: part.name, table: $0) } }
    if !lifts.isEmpty {
      section.notes = [
        "For gains and lift, rows are sorted by descending probability. "
          + "Lift compares the response rate of the first rows with that of all rows."
      ]
    }
    section.charts = (curves + gains(lifts)).compactMap { $0 }
    section.tables = lifts.map(groups)
    return section
  }

  private var curves: [ReportPage.Chart?] {
    let shown = tables.map { (name: $0.name, metrics: $0.metrics, indices: $0.metrics.thresholds.shownIndices) }
    var roc = LineChart(
      title: "ROC curve", horizontalTitle: "false positive rate", verticalTitle: "true positive rate",
      series: shown.map { name, binomial, indices in
        .init(
          name: "\(name): area \(ChartNumber.text(binomial.auc))",
          points: [(0, 0)] + Self.points(binomial.thresholds, indices, .fpr, .tpr))
      })
    roc.hasDiagonal = true
    roc.startsAtZero = true
    var precision = LineChart(
      title: "precision and recall", horizontalTitle: "recall", verticalTitle: "precision",
      series: shown.map { name, binomial, indices in
        .init(
          name: "\(name): area \(ChartNumber.text(binomial.precisionRecallAUC))",
          points: Self.points(binomial.thresholds, indices, .recall, .precision))
      })
    precision.startsAtZero = true
    return [
      .init(caption: "ROC curve", markup: roc.markup), .init(caption: "Precision and recall", markup: precision.markup),
    ]
  }

  private static func points(
    _ table: ThresholdTable, _ indices: [Int], _ horizontal: ThresholdTable.Criterion,
    _ vertical: ThresholdTable.Criterion
  ) -> [(x: Double, y: Double)] {
    indices.map { (table.value(horizontal, at: $0), table.value(vertical, at: $0)) }
  }

  private func gains(_ tables: [(name: String, table: GainsLift)]) -> [ReportPage.Chart?] {
    var captured = LineChart(
      title: "gains", horizontalTitle: "fraction of rows, most probable first",
      verticalTitle: "fraction of the class found",
      series: tables.map { name, table in
        .init(name: name, points: [(0, 0)] + table.groups.map { ($0.cumulativeDataFraction, $0.cumulativeCaptureRate) })
      })
    captured.hasDiagonal = true
    captured.startsAtZero = true
    var lift = LineChart(
      title: "cumulative lift", horizontalTitle: "fraction of rows, most probable first",
      verticalTitle: "times the rate of all rows",
      series: tables.map { name, table in
        .init(name: name, points: table.groups.map { ($0.cumulativeDataFraction, $0.cumulativeLift) })
      })
    lift.startsAtZero = true
    return [
      .init(caption: "Gains", markup: captured.markup), .init(caption: "Cumulative lift", markup: lift.markup),
    ]
  }

  private func groups(_ name: String, _ table: GainsLift) -> ReportPage.Table {
    .init(
      caption: "Groups on \(name)",
      header: [
        "fraction of rows", "threshold", "lift", "cumulative lift", "response rate", "cumulative capture rate",
        "Kolmogorov–Smirnov",
      ]
      .map { .number($0) },
      rows: table.groups.prefix(ClassificationSections.shownGroups).map { group in
        .init(
          cells: [
            group.cumulativeDataFraction, group.lowerThreshold, group.lift, group.cumulativeLift, group.responseRate,
            group.cumulativeCaptureRate, group.kolmogorovSmirnov,
          ].map { .number($0) })
      }, isFolded: true)
  }
}
