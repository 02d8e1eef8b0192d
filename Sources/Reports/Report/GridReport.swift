internal import Charts
internal import DurableFiles
package import JobFiles
internal import Metrics
package import Models
internal import Wording

/// The page of a grid search: the best model, its lead, and all tried models.
package struct GridReport {
  private let title: String
  private let job: JobFile
  private let leaderboard: Leaderboard
  /// The result folder of each model, relative to the page.
  private let folders: [String: String]
  /// Models in training during the search; nil after it.
  private let training: [PartsReport.Part]?
  private let best: Quality
  private let repetition: Repetition

  /// The quality of the best model, as its own page shows it.
  struct Quality: Codable {
    var verdict: String?
    var assessment: [String] = []
    var warnings: [String] = []
    var sections: [ReportPage.Section] = []
  }

  /// The rungs of successive halving as fractions of the epochs; empty in other searches.
  private let rungs: [Double]

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
  ///   - charts: The quality of the best model from ``ModelReport/charts()``; the page omits others.
  ///   - explained: The explanations of the best model; nil for none.
  ///   - repetition: How to search again.
  ///   - rungs: The rungs of successive halving as fractions of the epochs; empty in other searches.
  package init(
    title: String, job: JobFile, leaderboard: Leaderboard, folders: [String: String],
    training: [PartsReport.Part]? = nil, charts: [UInt8] = [],
    explained: Explained? = nil, repetition: Repetition, rungs: [Double] = []
  ) {
    self.rungs = rungs
    self.training = training
    self.repetition = repetition
    var best = (try? JSONCoding.decode(Quality.self, from: charts)) ?? Quality()
    best.sections += explained.map { ExplanationSections($0.table, model: $0.model).sections } ?? []
    self.best = best
    self.title = title
    self.job = job
    self.leaderboard = leaderboard
    self.folders = folders
  }

  /// - Throws: Only if the program has a bug.
  package func html() throws -> String {
    let count = leaderboard.count
    let page = ReportPage(
      title: title,
      kind: (rungs.isEmpty ? "Grid search" : "Successive halving")
        + " over \(leaderboard.keys.joined(separator: ", "))",
      verdict: best.verdict ?? choice,
      assessment: best.verdict == nil ? [] : [choice].compactMap { $0 } + best.assessment,
      status: (training == nil ? "Finished" : "Searching")
        + ": \(NumberText.count(count, "model")) tried, \(leaderboard.failed.count) failed. "
        + "Sorted by \(rungs.isEmpty ? "" : "rung reached, then ")\(MetricSections.label(leaderboard.metric)), "
        + "\(leaderboard.moreIsBetter ? "largest" : "smallest") first.",
      cards: cards, warnings: best.warnings,
      sections: [
        PartsReport.section(training ?? [], title: "In training"),
        LeaderboardSection(leaderboard, folders: folders).section,
        RungSection(leaderboard, fractions: rungs, epochs: job.epochs).section, GridSections(leaderboard).section,
      ] + bestModel + [failures, reproduction],
      footer: "Written by deepspool \(Product.version). "
        + (training == nil
          ? "The model in this folder is the best one; every \(leaderboard.ensemble == nil ? "other " : "")model "
            + "\(rungs.isEmpty ? "" : "that reached the last rung ")has its own folder and page."
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

  /// The sentence about the choice of the best model; nil before there is one.
  private var choice: String? {
    guard let best = leaderboard.best, let value = best.metric(leaderboard.metric) else { return nil }
    let settings = zip(leaderboard.keys, best.values).map { "\($0) \($1)" }.joined(separator: ", ")
    let others = leaderboard.trained.dropFirst().compactMap { $0.metric(leaderboard.metric) }.filter(\.isFinite)
    let (next, last) = leaderboard.moreIsBetter ? (others.max(), others.min()) : (others.min(), others.max())
    let lead = next.map { "; that of the second is \(ChartNumber.text($0))" } ?? ""
    let range = others.count > 1 ? last.map { ", that of the last \(ChartNumber.text($0))" } ?? "" : ""
    let result = leaderboard.ensemble.map { ensemble in
      " The model in this folder is better: the \(ensemble.ending); its \(MetricSections.label(leaderboard.metric)) is "
        + "\(ChartNumber.text(ensemble.metric(leaderboard.metric) ?? .nan))."
    }
    return "The best model, \(best.part), has \(settings): its \(MetricSections.label(leaderboard.metric)) is "
      + "\(ChartNumber.text(value))\(lead)\(range).\(result ?? "")"
  }

  /// The charts of the best model, with its name.
  private var bestModel: [ReportPage.Section] {
    guard let name = (leaderboard.ensemble ?? leaderboard.best)?.part else { return [] }
    return best.sections.enumerated().map { index, section in
      var section = section
      if section.id != UseSection.id { section.title = "Best model: \(section.title)" }
      if index == 0 { section.notes.insert("Model \(name).", at: 0) }
      return section
    }
  }

  private var failures: ReportPage.Section {
    guard !leaderboard.failed.isEmpty else { return .init(id: "failures", title: "Failed models") }
    return .init(
      id: "failures", title: "Failed models",
      tables: [
        .init(
          caption: "Models that failed, with the reason",
          header: ([.text("model")] + leaderboard.keys.map(ReportPage.Cell.text) + [.text("reason")]),
          rows: leaderboard.failed.map { entry in
            .init(cells: ([entry.part] + entry.values + [entry.ending]).map(ReportPage.Cell.text))
          })
      ])
  }

  private var reproduction: ReportPage.Section {
    .init(
      id: "reproduce", title: "How to reproduce the search",
      notes: ["Version \(Product.version). \(ResultFolderLayout.jobFile) also contains the grid."],
      codes: [
        repetition.code, .init(caption: "The settings shared by all models:", text: job.text, isList: true),
      ])
  }
}
