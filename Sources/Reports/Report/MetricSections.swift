internal import Charts
internal import JobFiles
internal import Metrics
internal import Wording

/// The sections about the quality of a model.
struct MetricSections {
  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var sections: [ReportPage.Section] {
    [metrics, BaselineSection(content).section, LearningCurves(content).section]
      + ClassificationSections(content).sections + ErrorSections(content).sections + [FoldSection(content).section]
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
    case "brier_score": "Brier score"
    case "calibration_error": "calibration error"
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
    func file(_ name: String) -> ReportPage.Cell { .init(text: name, isNumber: false, isAside: true) }
    let rows = names.compactMap { name -> ReportPage.Row? in
      let values = parts.map { part in part.metrics.values.first { $0.name == name }?.value ?? .nan }
      guard values.contains(where: \.isFinite) else { return nil }
      return .init(
        cells: [.init(text: Self.label(name), isNumber: false, note: name)]
          + values.map { .number(name == "nobs" ? NumberText.grouped(Int($0)) : ChartNumber.text($0)) } + [file(name)])
    }
    return .init(
      id: "metrics", title: "Metrics", isNarrow: true,
      tables: [
        .init(
          caption: "Metrics by table",
          header: [.text("metric")] + parts.map { .number($0.name) } + [file("in metrics.json")],
          rows: rows)
      ])
  }
}
