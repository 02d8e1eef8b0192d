internal import Charts
internal import DeepLearning
internal import DurableFiles
internal import Metrics
internal import Models
internal import Training
internal import Wording

/// The section about the course of the training, with the delivered network marked.
struct LearningCurves {
  /// The number of scorings that the table of the page shows; the CSV file has all.
  private static let shownScorings = 100

  private let content: ReportContent
  private let rows: [ScoringHistoryRow]
  private let names: [String]

  init(_ content: ReportContent) {
    self.content = content
    rows = content.event.record.history
    names = ScoringHistory.metricNames(for: content.event.training)
  }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "history", title: "Learning curves")
    if rows.count > 1 {
      let charts = Self.charted(content.model.objective).compactMap { name in chart(name).map { (name, $0) } }
      section.charts = charts.compactMap { name, chart in
        var wide = chart
        wide.isWide = true
        return .init(
          caption: MetricSections.label(name), markup: chart.markup, wide: charts.count == 1 ? wide.markup : nil)
      }
      if charts.contains(where: \.1.isApart) { section.notes = [Self.apart] }
    }
    section.tables = [table]
    return section
  }

  /// The note about a delivered network that was not scored during training, or not in the same way.
  private static let apart =
    "The large dots are the delivered network as \(ResultFolderLayout.metricsFile) has it, measured when training had "
    + "ended; they need not lie on the curves, which are the scorings during training."

  private func chart(_ name: String) -> LineChart? {
    let values = Self.series(name, of: rows, names: names, delivered: content.delivered.map { _ in content.event })
    guard !values.isEmpty else { return nil }
    var chart = LineChart(
      title: "\(MetricSections.label(name)) during training", horizontalTitle: "epochs",
      verticalTitle: Self.axis, series: values)
    chart.marked = content.delivered.map(Self.mark)
    return chart
  }

  /// The metrics that are charted, the most important one first.
  static func charted(_ objective: Objective) -> [String] {
    switch objective {
    case .classification: ["logloss", "classification_error", "mse"]
    // The Gaussian deviance is the mean squared error.
    case .regression(.gaussian): ["mse", "mae"]
    case .regression: ["deviance", "mse"]
    case .reconstruction: ["mse"]
    }
  }

  /// Returns the values of a metric on both tables; empty if the history has no such metric.
  ///
  /// `delivered`: The scoring of the delivered network, whose values are marked; nil for none.
  static func series(
    _ name: String, of rows: [ScoringHistoryRow], names: [String], delivered: ScoringEvent? = nil
  ) -> [LineChart.Series] {
    // The history contains the root, as in H2O.
    guard let index = names.firstIndex(of: name == "mse" ? "rmse" : name) else { return [] }
    func value(_ known: [Double]?) -> Double {
      guard let known, known.indices.contains(index) else { return .nan }
      return name == "mse" ? known[index] * known[index] : known[index]
    }
    func series(
      _ title: String, _ values: (ScoringHistoryRow) -> [Double]?, _ metrics: ModelMetrics?
    ) -> LineChart.Series {
      .init(
        name: title, points: rows.map { ($0.epochs, value(values($0))) },
        markedValue: metrics.map { value(ScoringHistory.values(of: $0)) })
    }
    return [series("training", \.training, delivered?.training)]
      + (rows.contains { $0.validation != nil } ? [series("validation", \.validation, delivered?.validation)] : [])
  }

  /// The title of the axis of every charted metric; the caption has its name.
  static let axis = "lower is better"

  static func mark(_ network: DeliveredNetwork) -> LineChart.Mark {
    let end = ChartNumber.text(network.epochs)
    guard let range = network.range else { return .init(x: network.epochs, label: "delivered: epoch \(end)") }
    return .init(
      x: network.epochs, from: range.lowerBound,
      label: "delivered: mean of epochs \(ChartNumber.text(range.lowerBound)) to \(end)")
  }

  private var table: ReportPage.Table {
    let shown = Self.shownIndices(rows, delivered: content.delivered?.epochs, atMost: Self.shownScorings)
    let caption =
      shown.count == rows.count
      ? "All \(NumberText.count(rows.count, "scoring"))"
      : "\(shown.count) of \(NumberText.grouped(rows.count)) scorings, with the first, the last, the best and the "
        + "worst; \(ResultFolderLayout.historyFile) has all"
    let marked = content.delivered.flatMap { network in shown.firstIndex { rows[$0].epochs == network.epochs } }
    return ModelTables.history(shown.map { rows[$0] }, metricNames: names).reportTable(
      caption: caption, isFolded: true, markedRow: marked)
  }

  /// Returns the indexes of roughly `limit` rows, ascending: the first and the last, those with the smallest
  /// and largest value of each metric, the delivered one, and others spread evenly.
  static func shownIndices(_ rows: [ScoringHistoryRow], delivered: Double?, atMost limit: Int) -> [Int] {
    guard rows.count > limit else { return Array(rows.indices) }
    var shown: Set<Int> = [0, rows.count - 1]
    for values in [rows.map(\.training), rows.map { $0.validation ?? [] }] {
      for metric in values.map(\.count).min().map({ 0..<$0 }) ?? 0..<0 {
        let known = rows.indices.filter { values[$0][metric].isFinite }
        if let smallest = known.min(by: { values[$0][metric] < values[$1][metric] }) { shown.insert(smallest) }
        if let largest = known.max(by: { values[$0][metric] < values[$1][metric] }) { shown.insert(largest) }
      }
    }
    if let delivered, let index = rows.firstIndex(where: { $0.epochs == delivered }) { shown.insert(index) }
    let spread = max(2, limit - shown.count)
    for step in 0..<spread { shown.insert(step * (rows.count - 1) / (spread - 1)) }
    return shown.sorted()
  }
}
