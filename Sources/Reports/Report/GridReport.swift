internal import Charts
internal import DurableFiles
package import JobFiles
internal import Metrics
package import Models
internal import Wording

/// The page of a grid search: the best model, its lead, and all tried models.
package struct GridReport {
  /// The number of models in the table; the CSV file has all.
  private static let shownModels = 200

  private let title: String
  private let job: JobFile
  private let leaderboard: Leaderboard
  /// The result folder of each model, relative to the page.
  private let folders: [String: String]
  /// Models in training during the search; nil after it.
  private let training: [PartsReport.Part]?
  /// The sections about the quality of the best model.
  private let best: [ReportPage.Section]

  /// The explanations of the best model.
  package struct Explained: Sendable {
    package let table: ExplainedTable
    package let model: Model

    package init(table: ExplainedTable, model: Model) {
      self.table = table
      self.model = model
    }
  }

  /// Creates the page.
  ///
  /// - Parameters:
  ///   - title: The title of the job.
  ///   - job: The settings shared by all models.
  ///   - leaderboard: The finished models.
  ///   - folders: The result folder of each trained model, relative to the page.
  ///   - training: Models in training during the search; nil after it.
  ///   - charts: The sections of the best model from ``ModelReport/charts()``; the page omits others.
  ///   - explained: The explanations of the best model; nil for none.
  package init(
    title: String, job: JobFile, leaderboard: Leaderboard, folders: [String: String],
    training: [PartsReport.Part]? = nil, charts: [UInt8] = [],
    explained: Explained? = nil
  ) {
    self.training = training
    best =
      ((try? JSONCoding.decode([ReportPage.Section].self, from: charts)) ?? [])
      + (explained.map { ExplanationSections($0.table, model: $0.model).sections } ?? [])
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
      verdict: verdict,
      status: (training == nil ? "Finished" : "Searching")
        + ": \(count) models tried, \(leaderboard.failed.count) failed. "
        + "Sorted by \(MetricSections.label(leaderboard.metric)), \(leaderboard.moreIsBetter ? "largest" : "smallest") first.",
      cards: cards, warnings: [],
      sections: [
        PartsReport.section(training ?? [], title: "In training"), ranking, GridSections(leaderboard).section,
      ] + bestModel + [failures, reproduction],
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

  /// The sentence about the best model; nil before there is one.
  private var verdict: String? {
    guard let best = leaderboard.best, let value = best.metric(leaderboard.metric) else { return nil }
    let settings = zip(leaderboard.keys, best.values).map { "\($0) \($1)" }.joined(separator: ", ")
    let others = leaderboard.trained.dropFirst().compactMap { $0.metric(leaderboard.metric) }.filter(\.isFinite)
    let worst = leaderboard.moreIsBetter ? others.min() : others.max()
    return "The best model has \(settings): its \(MetricSections.label(leaderboard.metric)) is "
      + "\(ChartNumber.text(value))" + (worst.map { ", that of the worst \(ChartNumber.text($0))." } ?? ".")
  }

  /// The charts of the best model, with its name.
  private var bestModel: [ReportPage.Section] {
    guard let name = leaderboard.best?.name else { return [] }
    return best.enumerated().map { index, section in
      var section = section
      section.title = "Best model: \(section.title)"
      if index == 0 { section.notes.insert("Model \(name).", at: 0) }
      return section
    }
  }

  private var ranking: ReportPage.Section {
    guard leaderboard.best != nil else { return .init(id: "leaderboard", title: "Leaderboard") }
    let full = leaderboard.csv
    let shown = full.prefix(Self.shownModels)
    let caption =
      full.rows.count > Self.shownModels
      ? "The first \(Self.shownModels) of \(full.rows.count) models; \(ResultFolderLayout.leaderboardFile) has all"
      : "All models, the best first"
    var table = shown.reportTable(caption: caption, markedRow: 0)
    let name = table.header.firstIndex { $0.text == "model_id" } ?? 1
    for row in table.rows.indices {
      let folder = folders[table.rows[row].cells[name].text]
      table.rows[row].cells[name].link = folder.map { "\($0)/\(ResultFolderLayout.reportFile)" }
    }
    return .init(id: "leaderboard", title: "Leaderboard", tables: [table])
  }

  private var failures: ReportPage.Section {
    guard !leaderboard.failed.isEmpty else { return .init(id: "failures", title: "Failed models") }
    return .init(
      id: "failures", title: "Failed models",
      tables: [leaderboard.failuresCSV.reportTable(caption: "Models that failed, with the reason")])
  }

  private var reproduction: ReportPage.Section {
    .init(
      id: "reproduce", title: "How to reproduce the search",
      notes: ["Version \(Product.version). \(ResultFolderLayout.jobFile) also contains the grid."],
      codes: [
        .init(caption: "In a shell:", text: "deepspool run \(ResultFolderLayout.jobFile) --output again"),
        .init(caption: "The settings shared by all models:", text: job.text, isList: true),
      ])
  }
}
