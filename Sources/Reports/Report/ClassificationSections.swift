internal import Charts
internal import JobFiles
internal import Metrics
internal import Models
internal import Planning
internal import Training

/// The sections about the quality of a classifier, with one part per table that it was measured on.
struct ClassificationSections {
  /// The number of rows of tables that the CSV files have in full.
  static let shownGroups = 20

  private let content: ReportContent
  private let parts: [(name: String, metrics: ClassificationMetrics)]

  init(_ content: ReportContent) {
    self.content = content
    parts = content.parts.compactMap { part in
      if case .classification(let metrics) = part.metrics { (part.name, metrics) } else { nil }
    }
  }

  var sections: [ReportPage.Section] {
    let binomial = parts.compactMap { part in part.metrics.binomial.map { (name: part.name, metrics: $0) } }
    return [confusion, ThresholdSection(binomial, model: content.model, costs: content.job.decisionCosts).section]
      + [CurveSection(binomial).section, CalibrationSection(parts).section, areas, hits]
  }

  private var confusion: ReportPage.Section {
    var section = ReportPage.Section(id: "confusion", title: "Confusion matrix")
    section.notes = threshold.map { [$0] } ?? []
    section.notes += parts.map { name, metrics in errorNote(name, metrics) }
    section.charts = parts.compactMap { name, metrics in
      let matrix = metrics.confusionMatrix
      guard let counts = matrix.counts else { return nil }
      let map = HeatMap(
        title: "confusion matrix, \(name)", rowTitle: "actual", columnTitle: "predicted", labels: matrix.labels,
        counts: counts)
      return .init(caption: "Rows by actual and predicted class, \(name)", markup: map.markup)
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
      switch content.job.labelThreshold {
      case _ where threshold.source == .given: "set by the job"
      case .costs: "with the smallest cost on \(threshold.source.words)"
      case .criterion, .probability:
        "that maximises \(MetricSections.label(content.job.labelThreshold.text)) on \(threshold.source.words)"
      }
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
      caption: "Error rate per class, worst first, \(name)",
      header: [.text("class"), .number("rows"), .number("wrong"), .number("error rate")],
      rows: worst.prefix(Self.shownGroups).map { index, errors in
        .init(cells: [
          .text(matrix.labels[index]), .number(errors.total), .number(errors.wrong),
          .number(errors.wrong / errors.total),
        ])
      })
  }

  /// The areas under the curves of several classes, if the job requests them.
  private var areas: ReportPage.Section {
    var section = ReportPage.Section(id: "areas", title: "Areas under the curves")
    section.tables = parts.compactMap { name, metrics in
      metrics.multinomialAUC.map { areas in
        .init(
          caption: "Each class against others, \(name)",
          header: [.text("classes"), .number("ROC"), .number("precision–recall")],
          rows: areas.rows.prefix(Self.shownGroups).map {
            .init(cells: [.text($0.name), .number($0.auc), .number($0.precisionRecallAUC)])
          })
      }
    }
    return section
  }

  private var hits: ReportPage.Section {
    let parts = parts.filter { !$0.metrics.hitRatios.isEmpty }
    var section = ReportPage.Section(id: "hits", title: "Hit ratios", isNarrow: true)
    guard let first = parts.first, content.job.maxHitRatioK > 0 else { return section }
    section.tables = [
      .init(
        caption: "Fraction of rows whose actual class is among the k most probable classes",
        header: [.number("k")] + parts.map { .number($0.name) },
        rows: first.metrics.hitRatios.indices.prefix(content.job.maxHitRatioK).map { index in
          .init(cells: [.number(String(index + 1))] + parts.map { .number($0.metrics.hitRatios[index]) })
        })
    ]
    return section
  }
}
