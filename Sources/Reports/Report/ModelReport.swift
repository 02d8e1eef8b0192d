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

  private let content: ReportContent
  /// The sections about the quality of the model, which the page of a grid shows for its best model.
  private let qualitySections: [ReportPage.Section]

  package init(_ content: ReportContent) { self.init(content, importances: []) }

  /// - `importances`: The inputs by descending importance; empty for a page without them.
  init(_ content: ReportContent, importances: [InputImportance]) {
    self.content = content
    qualitySections =
      MetricSections(content).sections + [ImportanceSection(content, importances).section]
      + (content.explanations.map { ExplanationSections($0, model: content.model).sections } ?? [])
  }

  /// - Throws: Only if the program has a bug.
  package func html() throws -> String {
    let verdict = content.verdict
    let isRunning = if case .running = content.progress { true } else { false }
    let page = ReportPage(
      title: content.title, kind: kind, verdict: verdict?.sentence,
      assessment: [verdict?.fit, delivery].compactMap { $0 }, status: status, cards: cards,
      warnings: Array(((verdict?.warnings ?? []) + content.plan.notes.warnings + content.warnings).uniqued()),
      sections: sections,
      footer: "Written by deepspool \(Product.version). The CSV files beside it hold full precision.",
      refreshSeconds: isRunning ? Self.refreshSeconds : nil)
    return try page.html()
  }

  private var sections: [ReportPage.Section] {
    qualitySections + [
      DataSection(content).section, UseSection(content).section, IdentitySection(content).section,
      ParameterSection(content).section, layers, exports, reproduction,
    ]
  }

  /// The quality of the model, encoded for the page of a grid.
  package func charts() throws -> [UInt8] {
    let verdict = content.verdict
    return try JSONCoding.encode(
      GridReport.Quality(
        verdict: verdict?.sentence, assessment: [verdict?.fit, delivery].compactMap { $0 },
        warnings: verdict?.warnings ?? [],
        sections: (qualitySections + [UseSection(content).section]).filter { !$0.isEmpty }))
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
    let epochs = "\(ChartNumber.text(point.epochs)) of \(ChartNumber.text(content.plan.course.schedule.epochs)) epochs"
    switch content.progress {
    case .running: return "Training: \(epochs) so far. This page is updated at each scoring.\(division)"
    case .finished(let ending):
      let isWhole =
        ending == TrainingOutcome.Reason.epochsReached.rawValue && point.epochs >= content.plan.course.schedule.epochs
      return "Trained \(epochs) in \(DurationText.precise(point.elapsedSeconds))" + (isWhole ? "" : "; \(ending)")
        + ".\(division)"
    }
  }

  /// The sentence about the network that became the model; nil during training.
  private var delivery: String? {
    guard let network = content.delivered else { return nil }
    let deciding = content.event.deciding
    return "The model is \(network), chosen by \(deciding.name) (\(ChartNumber.text(deciding.value)))."
  }

  private var division: String { content.provenance.heldOut.map { " \($0)." } ?? "" }

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
        note: "\(content.model.parameterCount) weights and biases"
          + (content.model.ensemble.map { " in \($0.networkCount) networks" } ?? "")),
      .init(
        name: "training rows", value: NumberText.grouped(content.plan.course.schedule.rowCount),
        note: speed.map { "\(ChartNumber.text($0)) rows/s" } ?? ""),
    ]
  }

  // MARK: Sections

  private var layers: ReportPage.Section {
    let summary = ModelTables.summary(
      content.model, options: content.plan.options, samples: content.event.point.samples)
    return .init(
      id: "layers", title: "Status of neuron layers",
      tables: [summary.reportTable(caption: "Weights and biases by layer")])
  }

  private var exports: ReportPage.Section {
    var section = ReportPage.Section(id: "exports", title: "Exports", isNarrow: true)
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
        caption: "Exported files",
        header: [.text("format"), .text("file"), .number("rows compared"), .number("largest difference")], rows: rows)
    ]
    return section
  }

  private var reproduction: ReportPage.Section {
    let provenance = content.provenance
    let exactness =
      content.plan.course.isReproducible
      ? "reproducible: the same job, data and program give a bit-identical model with any number of threads"
      : "not reproducible: scoring follows the clock, so early stopping may occur at another time"
    return .init(
      id: "reproduce", title: "How to reproduce the model",
      notes: [
        "Version \(Product.version), seed \(content.plan.options.seed), \(provenance.threads) threads; \(exactness)."
      ] + [provenance.heldOut.map { "\($0)." }].compactMap { $0 } + provenance.tables,
      codes: [
        provenance.repetition.code,
        .init(caption: "The settings in \(ResultFolderLayout.effectiveJobFile):", text: content.job.text, isList: true),
      ])
  }
}
