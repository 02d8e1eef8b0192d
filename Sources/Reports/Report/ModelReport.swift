internal import Algorithms
internal import Charts
internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import Exports
internal import JobFiles
internal import Metrics
internal import Models
internal import Training
internal import Wording

/// The page of one model: its quality, its training, and how to reproduce it.
package struct ModelReport {
  /// The interval, in seconds, at which a browser reloads the page of a running model.
  static let refreshSeconds = 10
  private static let shownImportances = 25

  private let content: ReportContent
  private let ranked: [InputImportance]

  package init(_ content: ReportContent) { self.init(content, importances: []) }

  /// - `importances`: The inputs by descending importance; empty for a page without them.
  init(_ content: ReportContent, importances: [InputImportance]) {
    self.content = content
    ranked = importances
  }

  /// - Throws: Only if the program has a bug.
  package func html() throws -> String {
    let metrics = MetricSections(content)
    let verdict = content.verdict
    let isRunning = if case .running = content.progress { true } else { false }
    let page = ReportPage(
      title: content.title, kind: kind, verdict: verdict?.sentence, status: status, cards: cards,
      warnings: Array(((verdict?.warnings ?? []) + content.plan.warnings + content.warnings).uniqued()),
      sections: metrics.sections + [
        history, importances, layers, DataSection(content).section, IdentitySection(content).section, parameters,
        exports, reproduction,
      ],
      footer: "Written by deepspool \(Product.version). The CSV files beside it hold full precision.",
      refreshSeconds: isRunning ? Self.refreshSeconds : nil)
    return try page.html()
  }

  private var kind: String {
    let what =
      switch content.model.category {
      case "Binomial": "two classes"
      case "Multinomial": "\(content.model.classes?.count ?? 0) classes"
      case "AutoEncoder": "autoencoder"
      default: "regression"
      }
    let response = content.model.encoding.response.name.map { "predicts ‘\($0)’" } ?? "reconstructs its inputs"
    return "Deep learning model, \(what), \(response)"
  }

  private var status: String {
    let point = content.event.point
    let epochs = "\(ChartNumber.text(point.epochs)) of \(ChartNumber.text(content.plan.schedule.epochs)) epochs"
    switch content.progress {
    case .running: return "Training: \(epochs) so far. This page is updated at each scoring.\(division)"
    case .finished(let ending):
      let deciding = content.event.deciding
      return "Trained \(epochs) in \(Self.duration(point.elapsedSeconds)); \(ending). The model is "
        + "\(content.event.network), chosen by \(deciding.name) (\(ChartNumber.text(deciding.value))).\(division)"
    }
  }

  private var division: String { content.provenance.heldOut.map { " \($0)." } ?? "" }

  static func duration(_ seconds: Double) -> String {
    if seconds < 100 { return "\(ChartNumber.text(seconds)) s" }
    let minutes = Int(seconds / 60)
    return minutes < 100 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }

  private var cards: [ReportPage.Card] {
    let leading = content.leading
    let wanted = [
      "AUC", "logloss", "err", "mean_per_class_error", "RMSE", "mae", "r2", "mean_residual_deviance", "MSE",
    ]
    let isClassifier = content.model.classes != nil
    let values = leading.metrics.values.filter { value in
      wanted.contains(value.name) && value.value.isFinite
        && !(isClassifier && ["RMSE", "r2", "MSE"].contains(value.name))
    }
    let order = Dictionary(uniqueKeysWithValues: wanted.enumerated().map { ($1, $0) })
    let shown = values.sorted { (order[$0.name] ?? 0) < (order[$1.name] ?? 0) }.prefix(4)
    let speed = content.event.record.history.last?.samplesPerSecond
    return shown.map {
      .init(name: MetricSections.label($0.name), value: ChartNumber.text($0.value), note: "on \(leading.name)")
    } + [
      .init(
        name: "network", value: content.model.topology.units.map(String.init).joined(separator: "–"),
        note: "\(content.model.topology.parameterCount) weights and biases"),
      .init(
        name: "training rows", value: String(content.plan.schedule.rowCount),
        note: speed.map { "\(ChartNumber.text($0)) rows/s" } ?? ""),
    ]
  }

  // MARK: Sections

  private var history: ReportPage.Section {
    let rows = content.event.record.history
    let names = ScoringHistory.metricNames(for: content.event.training)
    var section = ReportPage.Section(id: "history", title: "Scoring history")
    func series(_ index: Int, isSquared: Bool) -> [LineChart.Series] {
      func points(_ values: (ScoringHistoryRow) -> [Double]?) -> [(Double, Double)] {
        rows.map { row in
          let known = values(row) ?? []
          let value = known.indices.contains(index) ? known[index] : .nan
          return (row.epochs, isSquared ? value * value : value)
        }
      }
      return [LineChart.Series(name: "training", points: points(\.training))]
        + (rows.contains { $0.validation != nil } ? [.init(name: "validation", points: points(\.validation))] : [])
    }
    let charted =
      switch content.model.objective {
      case .classification: ["logloss", "mse", "classification_error"]
      // The Gaussian deviance is the mean squared error.
      case .regression(.gaussian): ["mse", "mae"]
      case .regression: ["deviance", "mse"]
      case .reconstruction: ["mse"]
      }
    for name in charted {
      // The history contains the root, as in H2O.
      guard let index = names.firstIndex(of: name == "mse" ? "rmse" : name), rows.count > 1 else { continue }
      let values = series(index, isSquared: name == "mse")
      var chart = LineChart(
        title: "\(name) over epochs", horizontalTitle: "epochs", verticalTitle: name, series: values)
      chart.marked = content.deliveredEpochs.map {
        .init(x: $0, label: "delivered: epoch \(ChartNumber.text($0))")
      }
      section.charts.append(.init(caption: MetricSections.label(name), markup: chart.markup))
    }
    section.charts.removeAll { $0.markup.isEmpty }
    section.tables = [
      ModelTables.history(rows, metricNames: names).reportTable(caption: "All scoring events", isFolded: true)
    ]
    return section
  }

  private var importances: ReportPage.Section {
    var section = ReportPage.Section(id: "importances", title: "Variable importances")
    guard !ranked.isEmpty else { return section }
    section.notes = [
      "The importance of each input, computed from the weights of the first two layers (Gedeon 1997); the largest is 1."
        + (ranked.count > Self.shownImportances ? " The first \(Self.shownImportances) of \(ranked.count) inputs." : "")
    ]
    let chart = BarChart(
      title: "variable importances", bars: ranked.prefix(Self.shownImportances).map { ($0.name, $0.value) })
    section.charts = [.init(caption: "Scaled importance", markup: chart.markup)]
    return section
  }

  private var layers: ReportPage.Section {
    let summary = ModelTables.summary(
      content.model, options: content.plan.options, samples: content.event.point.samples)
    return .init(id: "layers", title: "Status of neuron layers", tables: [summary.reportTable(caption: "")])
  }

  private var parameters: ReportPage.Section {
    let chosen = Dictionary(uniqueKeysWithValues: content.plan.resolved.map { ($0.key, $0.text) })
    var (changed, defaults): ([ReportPage.Row], [ReportPage.Row]) = ([], [])
    for row in ParameterCatalogue.shared.allRows {
      let value = chosen[row.key] ?? content.job.text(of: row)
      let origin =
        content.job.isAsGiven(row)
        ? "given" : chosen[row.key] != nil || content.job.isGiven(row) ? "chosen" : "default"
      let cells: [ReportPage.Cell] = [.text(row.key), .text(value), .text(row.defaultText), .text(origin)]
      if origin == "default" || value == row.defaultText {
        defaults.append(.init(cells: cells))
      } else {
        changed.append(.init(cells: cells))
      }
    }
    let header: [ReportPage.Cell] = [.text("parameter"), .text("value"), .text("default"), .text("origin")]
    return .init(
      id: "parameters", title: "Parameters",
      tables: [
        .init(caption: "Changed from the default", header: header, rows: changed),
        .init(caption: "At the default", header: header, rows: defaults, isFolded: true),
      ])
  }

  private var exports: ReportPage.Section {
    var section = ReportPage.Section(id: "exports", title: "Exports")
    guard !content.exports.isEmpty else { return section }
    let rows = content.exports.map { export -> ReportPage.Row in
      switch export {
      case .refused(let format, let reason):
        return .init(cells: [.text(format.rawValue), .text("not exported: \(reason)"), .number(""), .number("")])
      case .made(let made):
        return .init(cells: [
          .text(made.format.rawValue), .text(ModelExport.fileName(made.format)),
          .number(made.proof.map { String($0.rowCount) } ?? ""),
          .number(made.proof.map { ChartNumber.text($0.largestDifference) } ?? ""),
        ])
      }
    }
    section.notes = [
      "Each file was read back and scored on training rows. The table shows the largest difference from the model."
    ]
    section.tables = [
      .init(
        header: [.text("format"), .text("file"), .number("rows compared"), .number("largest difference")], rows: rows)
    ]
    return section
  }

  private var reproduction: ReportPage.Section {
    let provenance = content.provenance
    let exactness =
      content.plan.isReproducible
      ? "reproducible: the same job, data and program give a bit-identical model with any number of threads"
      : "not reproducible: scoring follows the clock, so early stopping may occur at another time"
    return .init(
      id: "reproduce", title: "How to reproduce the model",
      notes: [
        "Version \(Product.version), seed \(content.plan.options.seed), \(provenance.threads) threads; \(exactness)."
      ] + [provenance.heldOut.map { "\($0)." }].compactMap { $0 } + provenance.tables,
      code:
        "deepspool run \(ResultFolderLayout.jobFile) --output again\n\n# \(ResultFolderLayout.effectiveJobFile)\n\(content.job.text)"
    )
  }
}
