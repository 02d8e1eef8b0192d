internal import Charts
internal import DurableFiles
internal import Metrics
internal import Models
internal import Training

/// The section about the models of cross-validation: their curves, and how much their metrics differ.
struct FoldSection {
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "folds", title: "Cross-validation")
    guard let crossValidation = content.crossValidation else { return section }
    section.notes = [
      "\(crossValidation.models.count) models, each evaluated on its held-out rows. A large deviation "
        + "means that the metric depends on the split into folds."
    ]
    section.charts = [curves(crossValidation), values(crossValidation)].compactMap { $0 }
    let summary = CrossValidationFolder.summary(crossValidation)
    section.tables = [summary.withoutEmptyRows.reportTable(caption: "Metrics of the folds on their held-out rows")]
    return section
  }

  /// The main metric of each fold on its held-out rows during training.
  private func curves(_ crossValidation: ResultFolder.CrossValidation) -> ReportPage.Chart? {
    guard let name = LearningCurves.charted(content.model.objective).first else { return nil }
    let series = crossValidation.models.enumerated().compactMap { index, model -> LineChart.Series? in
      let names = ScoringHistory.metricNames(for: model.final.training)
      let history = model.final.record.history
      guard history.count > 1 else { return nil }
      return LearningCurves.series(name, of: history, names: names).last.map {
        .init(name: "fold \(index + 1)", points: $0.points)
      }
    }
    let chart = LineChart(
      title: "\(MetricSections.label(name)) of each fold during training", horizontalTitle: "epochs",
      verticalTitle: LearningCurves.axis, series: series)
    return .init(caption: "\(MetricSections.label(name)) on the held-out rows of each fold", markup: chart.markup)
  }

  /// The metric that decides, one point per fold.
  private func values(_ crossValidation: ResultFolder.CrossValidation) -> ReportPage.Chart? {
    let deciding = crossValidation.models.map(\.final.deciding)
    guard let name = deciding.first?.name, deciding.count > 1 else { return nil }
    let chart = GroupChart(
      title: "\(MetricSections.label(name)) of each fold", horizontalTitle: "fold",
      verticalTitle: MetricSections.label(name), groups: deciding.indices.map { String($0 + 1) },
      points: deciding.enumerated().map { index, value in
        .init(group: index, value: value.value, name: "fold \(index + 1)")
      })
    return .init(caption: "\(MetricSections.label(name)) by fold", markup: chart.markup)
  }
}
