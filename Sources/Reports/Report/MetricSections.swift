internal import Charts
internal import JobFiles
internal import Metrics

/// The sections about the quality of a model.
struct MetricSections {
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var sections: [ReportPage.Section] {
    [metrics] + ClassificationSections(content).sections + [residuals, reconstruction, folds]
  }

  /// Returns the name of a metric in words.
  static func label(_ name: String) -> String {
    switch name {
    case "AUC", "auc": "area under the ROC curve"
    case "pr_auc", "AUCPR": "area under the precision–recall curve"
    case "logloss": "log loss"
    case "err", "classification_error", "misclassification": "error rate"
    case "mean_per_class_error": "mean per-class error"
    case "RMSE", "rmse": "root mean squared error"
    case "MSE", "mse": "mean squared error"
    case "mae", "MAE": "mean absolute error"
    case "rmsle", "RMSLE": "root mean squared log error"
    case "mean_residual_deviance", "deviance": "mean residual deviance"
    case "nobs": "rows"
    case "lift_top_group": "lift of the top group"
    case "default_threshold": "decision threshold"
    case "custom", "custom_increasing": "custom metric"
    case "Gini": "Gini coefficient"
    case "r2": "R²"
    case "f1": "F1"
    case "f2": "F2"
    case "f0point5": "F0.5"
    case "mcc": "MCC"
    case "absolute_mcc": "absolute MCC"
    case "min_per_class_accuracy": "smallest per-class accuracy"
    case "mean_per_class_accuracy": "mean per-class accuracy"
    case "youden": "Youden’s index"
    default: name
    }
  }

  private var metrics: ReportPage.Section {
    let parts = content.parts
    let names = parts[0].metrics.values.map(\.name)
    let rows = names.map { name -> ReportPage.Row in
      let values = parts.map { part in part.metrics.values.first { $0.name == name }?.value ?? .nan }
      return .init(
        cells: [.text(Self.label(name)), .text(name)]
          + values.map { .number(name == "nobs" ? String(Int($0)) : ChartNumber.text($0)) })
    }
    return .init(
      id: "metrics", title: "Metrics",
      tables: [
        .init(header: [.text("metric"), .text("in metrics.json")] + parts.map { .number($0.name) }, rows: rows)
      ])
  }

  private var residuals: ReportPage.Section {
    var section = ReportPage.Section(id: "residuals", title: "Residuals")
    guard case .regression(let table, let predicted, let actual) = content.sample else { return section }
    let residuals = zip(actual, predicted).map { $0 - $1 }
    section.notes = ["Actual minus predicted on \(predicted.count) rows of the \(table) table."]
    let scatter = ScatterChart(
      title: "residuals over predictions", horizontalTitle: "predicted", verticalTitle: "actual − predicted",
      points: zip(predicted, residuals).map { ($0, $1) }, level: 0)
    let histogram = HistogramChart(
      title: "distribution of residuals", horizontalTitle: "actual − predicted", values: residuals)
    section.charts = [
      .init(caption: "Residuals over predictions", markup: scatter.markup),
      .init(caption: "Distribution of residuals", markup: histogram.markup),
    ]
    return section
  }

  private var reconstruction: ReportPage.Section {
    var section = ReportPage.Section(id: "reconstruction", title: "Reconstruction errors")
    guard case .reconstruction(let table, let errors) = content.sample else { return section }
    let sorted = errors.sorted()
    section.notes = [
      "Mean squared difference between each row and its reconstruction, in scaled units, on \(errors.count) rows "
        + "of the \(table) table. Rows far to the right differ from the others."
    ]
    let histogram = HistogramChart(
      title: "distribution of reconstruction errors", horizontalTitle: "reconstruction error", values: errors)
    section.charts = [.init(caption: "Distribution of reconstruction errors", markup: histogram.markup)]
    let quantiles = [0.5, 0.9, 0.95, 0.99, 1]
    section.tables = [
      .init(
        header: [.number("fraction of rows"), .number("error at most")],
        rows: sorted.isEmpty
          ? []
          : quantiles.map { share in
            let index = min(sorted.count - 1, Int((share * Double(sorted.count - 1)).rounded()))
            return .init(cells: [.number(ChartNumber.text(share)), .number(ChartNumber.text(sorted[index]))])
          })
    ]
    return section
  }

  private var folds: ReportPage.Section {
    var section = ReportPage.Section(id: "folds", title: "Cross-validation")
    guard let crossValidation = content.crossValidation else { return section }
    section.notes = [
      "\(crossValidation.models.count) models, each evaluated on its held-out rows. A large deviation "
        + "means that the metric depends on the split into folds."
    ]
    section.tables = [CrossValidationFolder.summary(crossValidation).reportTable(caption: "")]
    return section
  }
}
