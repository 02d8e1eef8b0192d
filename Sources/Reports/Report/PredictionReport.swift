internal import Charts
internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import Metrics
internal import Models
internal import Wording

/// The page of a prediction job: what was predicted by which model, the distribution of the predictions, and their
/// quality where the table has the response.
package struct PredictionReport {
  /// The number of columns and classes of pictures.
  private static let shownBars = 15

  /// The origin of the predictions.
  package struct Origin: Sendable {
    /// The name of the job.
    package let title: String
    /// The model as the job names it.
    package let modelPlace: String
    /// The name of the model.
    package let modelName: String
    /// One text per file, with its name, size and content identifier.
    package let tables: [String]
    /// The number of all predicted rows.
    package let rowCount: Int
    package let seconds: Double
    package let jobText: String
    package let warnings: [String]
    /// How to predict again.
    package let repetition: Repetition

    package init(
      title: String, modelPlace: String, modelName: String, tables: [String], rowCount: Int, seconds: Double,
      jobText: String, warnings: [String], repetition: Repetition
    ) {
      self.repetition = repetition
      self.title = title
      self.modelPlace = modelPlace
      self.modelName = modelName
      self.tables = tables
      self.rowCount = rowCount
      self.seconds = seconds
      self.jobText = jobText
      self.warnings = warnings
    }
  }

  private let origin: Origin
  private let sample: PredictionSample
  private let metrics: ModelMetrics?
  private var model: Model { sample.model }

  /// - Parameters:
  ///   - origin: The origin of the predictions.
  ///   - sample: The predictions.
  package init(_ origin: Origin, _ sample: PredictionSample) {
    self.origin = origin
    self.sample = sample
    metrics = sample.scored.map {
      ModelScorer(threads: 1).metrics(of: sample.model, [$0]).labelled(from: sample.model.defaultThreshold)
    }
  }

  /// - Throws: Only if the program has a bug.
  package func html() throws -> String {
    let predicted = model.encoding.response.name.map { "of ‘\($0)’" } ?? "of an autoencoder"
    return try ReportPage(
      title: origin.title, kind: "Predictions \(predicted)",
      status:
        "\(NumberText.count(origin.rowCount, "row")) predicted in \(DurationText.precise(origin.seconds)) with the "
        + "model \(origin.modelName).",
      cards: cards, warnings: origin.warnings,
      sections: [quality, confusion, distribution, fit, contributions, about, reproduction],
      footer: "Written by deepspool \(Product.version). \(ResultFolderLayout.predictionsFile) has every prediction."
    ).html()
  }

  private var cards: [ReportPage.Card] {
    var cards = [ReportPage.Card(name: "rows", value: NumberText.grouped(origin.rowCount), note: "predicted")]
    guard let metrics else { return cards }
    let wanted = model.classes == nil ? ["RMSE", "mae", "r2"] : ["AUC", "logloss", "err"]
    for name in wanted {
      guard let value = metrics.values.first(where: { $0.name == name })?.value, value.isFinite else { continue }
      cards.append(.init(name: MetricSections.label(name), value: ChartNumber.text(value), note: "on these rows"))
    }
    return cards
  }

  private var quality: ReportPage.Section {
    var section = ReportPage.Section(id: "metrics", title: "Metrics", isNarrow: true)
    guard let metrics else {
      if let response = model.encoding.response.name {
        section.notes = ["The table has no values of ‘\(response)’ that could be compared with the predictions."]
      }
      return section
    }
    if !sample.isWhole { section.notes = [sampling] }
    section.tables = [
      .init(
        caption: "Metrics of the rows with a known response", header: [.text("metric"), .number("value")],
        rows: metrics.values.filter { $0.value.isFinite }.map { metric in
          .init(cells: [
            .text(MetricSections.label(metric.name)),
            .number(metric.name == "nobs" ? NumberText.grouped(Int(metric.value)) : ChartNumber.text(metric.value)),
          ])
        })
    ]
    return section
  }

  private var sampling: String {
    "Computed from \(NumberText.grouped(sample.keptCount)) rows, spread evenly over the table."
  }

  private var confusion: ReportPage.Section {
    var section = ReportPage.Section(id: "confusion", title: "Confusion matrix", isNarrow: true)
    guard case .classification(let metrics) = metrics, let counts = metrics.confusionMatrix.counts else {
      return section
    }
    let map = HeatMap(
      title: "confusion matrix", rowTitle: "actual", columnTitle: "predicted", labels: metrics.confusionMatrix.labels,
      counts: counts)
    section.charts = [.init(caption: "Rows by actual and predicted class", markup: map.markup)].compactMap { $0 }
    return section
  }

  private var distribution: ReportPage.Section {
    var section = ReportPage.Section(id: "distribution", title: "Predictions")
    guard model.objective.reconstructed == nil, sample.keptCount > 0 else { return section }
    if !sample.isWhole { section.notes = [sampling] }
    guard let classes = model.classes else {
      let values = sample.outputs.filter(\.isFinite)
      let chart = HistogramChart(
        title: "distribution of predictions", horizontalTitle: "predicted \(model.encoding.response.name ?? "")",
        values: values)
      section.charts = [.init(caption: "Distribution of the predictions", markup: chart.markup)].compactMap { $0 }
      section.tables = [Self.quantiles(values.sorted())]
      return section
    }
    var counts = classes.map { _ in 0 }
    for start in stride(from: 0, to: sample.outputs.count, by: classes.count) {
      counts[model.label(sample.outputs[start..<start + classes.count])] += 1
    }
    var charts: [ReportPage.Chart?] = []
    if classes.count == 2 {
      let chart = HistogramChart(
        title: "distribution of probabilities", horizontalTitle: "probability of \(classes[1])",
        values: stride(from: 1, to: sample.outputs.count, by: 2).map { sample.outputs[$0] })
      charts.append(.init(caption: "Distribution of the probability of ‘\(classes[1])’", markup: chart.markup))
    }
    let ranked = counts.enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
    let bars = BarChart(
      title: "rows by predicted class",
      bars: ranked.prefix(Self.shownBars).map { .init(name: classes[$0.offset], value: Double($0.element)) })
    charts.append(.init(caption: "Rows by predicted class", markup: bars.markup))
    section.charts = charts.compactMap { $0 }
    section.tables = [
      .init(
        caption: "Predicted classes", header: [.text("class"), .number("rows"), .number("share")],
        rows: ranked.prefix(ClassificationSections.shownGroups).map { index, count in
          .init(cells: [
            .text(classes[index]), .number(NumberText.grouped(count)),
            .number(Double(count) / Double(sample.keptCount)),
          ])
        })
    ]
    return section
  }

  private static func quantiles(_ sorted: [Double]) -> ReportPage.Table {
    let shares: [(name: String, share: Double)] = [
      ("smallest", 0), ("10 % are below", 0.1), ("median", 0.5), ("90 % are below", 0.9), ("largest", 1),
    ]
    return .init(
      caption: "Predictions", header: [.text("prediction"), .number("value")],
      rows: sorted.isEmpty
        ? []
        : shares.map { name, share in
          .init(cells: [.text(name), .number(sorted[Int((share * Double(sorted.count - 1)).rounded())])])
        })
  }

  /// The section about predicted and actual values of a regression.
  private var fit: ReportPage.Section {
    var section = ReportPage.Section(id: "fit", title: "Predicted and actual values")
    guard model.classes == nil, let scored = sample.scored else { return section }
    let response = model.encoding.response.name ?? ""
    let known = scored.actuals.indices.filter { !scored.actuals[$0].isNaN }
    let step = max(1, (known.count + ErrorSections.shownPoints - 1) / ErrorSections.shownPoints)
    let chart = ScatterChart(
      title: "actual over predicted values", horizontalTitle: "predicted \(response)",
      verticalTitle: "actual \(response)",
      points: stride(from: 0, to: known.count, by: step).map {
        (x: scored.outputs[known[$0]], y: scored.actuals[known[$0]])
      }, reference: .diagonal)
    section.charts = [.init(caption: "Dots on the line are predicted exactly", markup: chart.markup)].compactMap { $0 }
    return section
  }

  private var contributions: ReportPage.Section {
    var section = ReportPage.Section(id: "contributions", title: "Contributions")
    guard !sample.contributionSums.isEmpty, sample.rowCount > 0 else { return section }
    let means = zip(sample.contributionColumns, sample.contributionSums).map { ($0, $1 / Double(sample.rowCount)) }
    let ranked = means.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(\.element)
    section.notes = [
      "\(ResultFolderLayout.contributionsFile) has the contributions of every column to every prediction."
    ]
    let chart = BarChart(
      title: "mean absolute contribution of columns",
      bars: ranked.prefix(Self.shownBars).map { .init(name: $0.0, value: $0.1) })
    section.charts = [.init(caption: "Mean absolute contribution", markup: chart.markup)].compactMap { $0 }
    section.tables = [
      .init(
        caption: "Columns", header: [.text("column"), .number("mean absolute contribution")],
        rows: ranked.prefix(Self.shownBars).map { .init(cells: [.text($0.0), .number($0.1)]) })
    ]
    return section
  }

  private var about: ReportPage.Section {
    var rows = [
      ("model", origin.modelPlace), ("model name", origin.modelName), ("model category", model.category),
      ("columns of the model", String(model.encoding.sources.count)),
    ]
    if model.classes?.count == 2 { rows.append(("decision threshold", ChartNumber.text(model.defaultThreshold))) }
    rows += origin.tables.map { ("table", $0) }
    return .init(
      id: "origin", title: "Model and table", isNarrow: true,
      tables: [
        .init(
          caption: "Origin of the predictions", header: [.text("property"), .text("value")],
          rows: rows.map { .init(cells: [.text($0.0), .text($0.1)]) })
      ])
  }

  private var reproduction: ReportPage.Section {
    .init(
      id: "reproduce", title: "How to predict again", isNarrow: true, notes: ["Version \(Product.version)."],
      codes: [
        origin.repetition.code, .init(caption: "The job file:", text: origin.jobText),
      ])
  }
}
