internal import Charts
internal import DurableFiles
package import JobFiles
internal import Metrics
internal import Wording

/// The page of a grid search: the best model, its lead, and all tried models.
package struct GridReport {
  private static let shownBars = 25

  private let title: String
  private let job: JobFile
  private let leaderboard: Leaderboard
  /// The result folder of each model, relative to the page.
  private let folders: [String: String]
  /// Models in training during the search; nil after it.
  private let training: [PartsReport.Part]?

  /// Creates the page.
  ///
  /// - Parameters:
  ///   - title: The title of the job.
  ///   - job: The settings shared by all models.
  ///   - leaderboard: The finished models.
  ///   - folders: The result folder of each trained model, relative to the page.
  ///   - training: Models in training during the search; nil after it.
  package init(
    title: String, job: JobFile, leaderboard: Leaderboard, folders: [String: String],
    training: [PartsReport.Part]? = nil
  ) {
    self.training = training
    self.title = title
    self.job = job
    self.leaderboard = leaderboard
    self.folders = folders
  }

  /// - Throws: Only if the program has a bug.
  package func html() throws -> String {
    let count = leaderboard.count
    let page = ReportPage(
      title: title, kind: "Grid search over \(leaderboard.keys.joined(separator: ", "))",
      status: (training == nil ? "Finished" : "Searching")
        + ": \(count) models tried, \(leaderboard.failed.count) failed. "
        + "Sorted by \(MetricSections.label(leaderboard.metric)), \(leaderboard.moreIsBetter ? "largest" : "smallest") first.",
      cards: cards, warnings: [],
      sections: [PartsReport.section(training ?? [], title: "In training"), ranking, failures, reproduction],
      footer: "Written by deepspool \(Product.version). "
        + (training == nil
          ? "The model in this folder is the best one; every other model has its own folder and page."
          : "This page is updated after each model."),
      refreshSeconds: training == nil ? nil : ModelReport.refreshSeconds)
    return try page.html()
  }

  private var cards: [ReportPage.Card] {
    guard let best = leaderboard.best else { return [] }
    return [
      .init(
        name: MetricSections.label(leaderboard.metric),
        value: ChartNumber.text(best.metric(leaderboard.metric) ?? .nan),
        note: "best model")
    ] + zip(leaderboard.keys, best.values).map { .init(name: $0, value: $1, note: "best model") }
  }

  private var ranking: ReportPage.Section {
    guard leaderboard.best != nil else { return .init(id: "leaderboard", title: "Leaderboard") }
    let bars = leaderboard.trained.prefix(Self.shownBars).enumerated().map { index, entry in
      (
        name: "\(index + 1): " + entry.values.joined(separator: ", "),
        value: entry.metric(leaderboard.metric) ?? .nan
      )
    }
    var table = leaderboard.csv.reportTable(caption: "All models", markedRow: 0)
    let name = table.header.firstIndex { $0.text == "model_id" } ?? 1
    table = ReportPage.Table(
      caption: table.caption, header: table.header,
      rows: table.rows.map { row in
        var cells = row.cells
        cells[name].link = folders[cells[name].text].map { "\($0)/\(ResultFolderLayout.reportFile)" }
        return ReportPage.Row(cells: cells, isMarked: row.isMarked)
      })
    let chart = BarChart(title: leaderboard.metric, bars: bars)
    let charts =
      chart.markup.isEmpty
      ? []
      : [
        ReportPage.Chart(
          caption: "\(MetricSections.label(leaderboard.metric)) by rank", markup: chart.markup)
      ]
    return .init(id: "leaderboard", title: "Leaderboard", charts: charts, tables: [table])
  }

  private var failures: ReportPage.Section {
    guard !leaderboard.failed.isEmpty else { return .init(id: "failures", title: "Failed models") }
    return .init(
      id: "failures", title: "Failed models", tables: [leaderboard.failuresCSV.reportTable(caption: "")])
  }

  private var reproduction: ReportPage.Section {
    .init(
      id: "reproduce", title: "How to reproduce the search",
      notes: ["Version \(Product.version). The settings shared by all models follow; job.yaml also contains the grid."],
      code: "deepspool run job.yaml --output again\n\n\(job.text)")
  }
}
