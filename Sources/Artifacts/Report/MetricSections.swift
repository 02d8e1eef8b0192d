internal import Charts
internal import JobFiles
internal import Metrics

/// The sections that say how good a model is.
struct MetricSections {
  private static let shownGroups = 20

  private let content: ReportContent

  init(_ content: ReportContent) { self.content = content }

  var sections: [ReportPage.Section] { [metrics, confusion, curves, lift, hits, residuals, reconstruction, folds] }

  /// A metric's name in words.
  static func label(_ name: String) -> String {
    switch name {
    case "AUC", "auc": "area under the ROC curve"
    case "pr_auc": "area under the precision–recall curve"
    case "logloss": "log loss"
    case "err", "classification_error": "share of wrong rows"
    case "mean_per_class_error": "mean error of the classes"
    case "RMSE", "rmse": "root mean squared error"
    case "MSE", "mse": "mean squared error"
    case "mae": "mean absolute error"
    case "rmsle": "root mean squared log error"
    case "mean_residual_deviance", "deviance": "mean residual deviance"
    case "nobs": "rows"
    case "lift_top_group": "lift of the top group"
    case "default_threshold": "threshold of the label"
    case "Gini": "Gini coefficient"
    case "r2": "R²"
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

  private var classification: [(name: String, metrics: ClassificationMetrics)] {
    content.parts.compactMap { part in
      if case .classification(let metrics) = part.metrics { (part.name, metrics) } else { nil }
    }
  }

  private var confusion: ReportPage.Section {
    var section = ReportPage.Section(id: "confusion", title: "Confusion matrix")
    guard let (name, metrics) = classification.last else { return section }
    let matrix = metrics.confusionMatrix
    let threshold = metrics.binomial.map {
      " Class ‘\(matrix.labels[1])’ is predicted from a probability of \(ChartNumber.text($0.defaultThreshold)) on, where F1 is largest."
    }
    let rows = ChartNumber.text(matrix.total)
    section.notes = [
      metrics.error.isNaN
        ? "None of the \(rows) rows of \(name) is of class ‘\(matrix.labels[1])’: there is no F1 that could choose a threshold."
        : "On \(name): \(ChartNumber.text(100 * metrics.error)) % of \(rows) rows are wrong." + (threshold ?? "")
    ]
    if let counts = matrix.counts {
      let map = HeatMap(
        title: "confusion matrix on \(name)", rowTitle: "actual", columnTitle: "predicted", labels: matrix.labels,
        counts: counts)
      if !map.markup.isEmpty {
        section.charts = [.init(caption: "Rows by actual and predicted class", markup: map.markup)]
      }
    }
    let worst = matrix.labels.indices.map { ($0, matrix.errors(of: $0)) }.filter { $0.1.total > 0 }
      .sorted { ($1.1.wrong / $1.1.total, $0.0) < ($0.1.wrong / $0.1.total, $1.0) }
    section.tables = [
      .init(
        caption: "Error of each class, worst first",
        header: [.text("class"), .number("rows"), .number("wrong"), .number("share")],
        rows: worst.prefix(Self.shownGroups).map { index, errors in
          .init(cells: [
            .text(matrix.labels[index]), .number(ChartNumber.text(errors.total)),
            .number(ChartNumber.text(errors.wrong)), .number(ChartNumber.text(errors.wrong / errors.total)),
          ])
        }, isFolded: matrix.labels.count > 2)
    ]
    return section
  }

  private var curves: ReportPage.Section {
    var section = ReportPage.Section(id: "curves", title: "ROC and precision–recall")
    let tables = classification.compactMap { part in part.metrics.binomial.map { (part.name, $0) } }
    guard !tables.isEmpty else { return section }
    var roc = LineChart(
      title: "ROC curve", horizontalTitle: "false positive rate", verticalTitle: "true positive rate",
      series: tables.map { name, binomial in
        let table = binomial.thresholds
        return .init(
          name: "\(name): AUC \(ChartNumber.text(binomial.auc))",
          points: [(0, 0)]
            + table.thresholds.indices.map { (table.value(.fpr, at: $0), table.value(.tpr, at: $0)) })
      })
    roc.hasDiagonal = true
    roc.startsAtZero = true
    var precision = LineChart(
      title: "precision-recall curve", horizontalTitle: "recall", verticalTitle: "precision",
      series: tables.map { name, binomial in
        let table = binomial.thresholds
        return .init(
          name: "\(name): area \(ChartNumber.text(binomial.precisionRecallAUC))",
          points: table.thresholds.indices.map { (table.value(.recall, at: $0), table.value(.precision, at: $0)) })
      })
    precision.startsAtZero = true
    section.charts = [
      .init(caption: "ROC curve", markup: roc.markup), .init(caption: "Precision and recall", markup: precision.markup),
    ]
    guard let (name, binomial) = tables.last else { return section }
    let criteria = ThresholdTable.Criterion.allCases.prefix(10).compactMap { criterion -> ReportPage.Row? in
      guard let index = binomial.thresholds.indexOfMaximum(criterion) else { return nil }
      return .init(cells: [
        .text("largest \(criterion.rawValue)"), .number(ChartNumber.text(binomial.thresholds.thresholds[index])),
        .number(ChartNumber.text(binomial.thresholds.value(criterion, at: index))),
      ])
    }
    section.tables = [
      .init(
        caption: "Best thresholds on \(name)", header: [.text("criterion"), .number("threshold"), .number("value")],
        rows: criteria, isFolded: true)
    ]
    return section
  }

  private var lift: ReportPage.Section {
    var section = ReportPage.Section(id: "lift", title: "Gains and lift")
    let tables = classification.compactMap { part in part.metrics.binomial?.gainsLift.map { (part.name, $0) } }
    guard let (name, last) = tables.last else { return section }
    section.notes = [
      "Rows sorted by their probability: how much of the class sought is among the first, compared with a random choice."
    ]
    var captured = LineChart(
      title: "captured share", horizontalTitle: "share of rows", verticalTitle: "share captured",
      series: tables.map { name, table in
        .init(name: name, points: [(0, 0)] + table.groups.map { ($0.cumulativeDataFraction, $0.cumulativeCaptureRate) })
      })
    captured.hasDiagonal = true
    captured.startsAtZero = true
    var lift = LineChart(
      title: "cumulative lift", horizontalTitle: "share of rows", verticalTitle: "cumulative lift",
      series: tables.map { name, table in
        .init(
          name: name,
          points: table.groups.filter { !$0.cumulativeLift.isNaN }.map {
            ($0.cumulativeDataFraction, $0.cumulativeLift)
          })
      })
    lift.startsAtZero = true
    section.charts = [
      .init(caption: "Captured share", markup: captured.markup), .init(caption: "Cumulative lift", markup: lift.markup),
    ]
    section.tables = [
      .init(
        caption: "Groups on \(name)",
        header: [
          "rows up to", "threshold", "lift", "cumulative lift", "response rate", "captured", "Kolmogorov–Smirnov",
        ]
        .map { .number($0) },
        rows: last.groups.prefix(Self.shownGroups).map { group in
          .init(
            cells: [
              group.cumulativeDataFraction, group.lowerThreshold, group.lift, group.cumulativeLift, group.responseRate,
              group.cumulativeCaptureRate, group.kolmogorovSmirnov,
            ].map { .number(ChartNumber.text($0)) })
        }, isFolded: true)
    ]
    return section
  }

  private var hits: ReportPage.Section {
    let parts = classification.filter { !$0.metrics.hitRatios.isEmpty }
    var section = ReportPage.Section(id: "hits", title: "Hit ratios")
    guard let first = parts.first, content.job.maxHitRatioK > 0 else { return section }
    section.notes = ["Share of rows whose actual class is among the k most probable ones."]
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
      .init(caption: "How residuals are distributed", markup: histogram.markup),
    ]
    return section
  }

  private var reconstruction: ReportPage.Section {
    var section = ReportPage.Section(id: "reconstruction", title: "Reconstruction errors")
    guard case .reconstruction(let table, let errors) = content.sample else { return section }
    let sorted = errors.sorted()
    section.notes = [
      "Mean squared difference of each row and its reconstruction, in scaled units, on \(errors.count) rows of the "
        + "\(table) table. Rows far to the right are unlike the others."
    ]
    let histogram = HistogramChart(
      title: "distribution of reconstruction errors", horizontalTitle: "reconstruction error", values: errors)
    section.charts = [.init(caption: "How errors are distributed", markup: histogram.markup)]
    let quantiles = [0.5, 0.9, 0.95, 0.99, 1]
    section.tables = [
      .init(
        header: [.number("share of rows"), .number("error up to")],
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
      "\(crossValidation.models.count) models, each measured on the rows that it was not trained on. A large deviation "
        + "means that the metric depends on the choice of rows."
    ]
    section.tables = [CrossValidationFolder.summary(crossValidation).reportTable(caption: "")]
    return section
  }
}
