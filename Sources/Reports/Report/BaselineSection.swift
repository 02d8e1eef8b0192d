internal import Charts
internal import Metrics
internal import Models

/// The section that compares the model with the trivial one, on the rows that are most representative of new ones.
struct BaselineSection {
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "baseline", title: "Comparison with the baseline", isNarrow: true)
    guard let baseline = content.baseline else { return section }
    let measured = [baseline.training, baseline.validation, baseline.crossValidation].compactMap { $0 }
    let leading = content.leading
    guard measured.count == content.parts.count else { return section }
    let trivial = measured[content.leadingIndex]
    let known = Dictionary(trivial.values.map { ($0.name, $0.value) }) { first, _ in first }
    section.tables = [
      .init(
        caption: "On \(leading.name): this model, and always \(ModelVerdict.trivialPrediction(leading.metrics))",
        header: [.text("metric"), .number("model"), .number("baseline")],
        rows: leading.metrics.values.compactMap { metric in
          guard let value = known[metric.name], metric.name != "nobs", value.isFinite || metric.value.isFinite
          else { return nil }
          return .init(cells: [.text(MetricSections.label(metric.name)), .number(metric.value), .number(value)])
        })
    ]
    return section
  }
}
