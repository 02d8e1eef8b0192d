internal import Charts
internal import DataFrames
internal import DurableFiles
internal import Explanations
internal import Models
internal import Wording

/// The sections that explain a model: importance, dependence, contributions and errors of its columns.
struct ExplanationSections {
  /// The number of columns of pictures.
  private static let shownColumns = 15
  /// The number of points per column of the summary of contributions.
  private static let shownPoints = 300

  private let explanations: ModelExplanations
  private let part: String
  private let model: Model

  init(_ table: ExplainedTable, model: Model) {
    explanations = table.explanations
    part = table.part.name
    self.model = model
  }

  var sections: [ReportPage.Section] {
    [
      importance, DependenceSection(explanations.dependences, model: model, part: part).section, contributions,
      PredictorErrorSection(explanations.errors, model: model, part: part).section,
    ]
  }

  private var importance: ReportPage.Section {
    var section = ReportPage.Section(id: "permutation", title: "Permutation importance")
    let importances = explanations.importances
    guard let first = importances.first else { return section }
    let metric = MetricSections.label(explanations.metric)
    section.notes = [
      "How much worse the \(metric) gets when the values of one column are shuffled among the "
        + "\(NumberText.grouped(explanations.rowCount)) \(part) rows: the mean of \(first.losses.count) repetitions "
        + "with its 95 % interval. Without shuffling the \(metric) is \(ChartNumber.text(explanations.metricValue)). "
        + "Columns that say the same share their importance, because each can replace the other."
    ]
    let left = model.encoding.columnInputs.count - importances.count
    if left > 0 {
      section.notes.append(
        "The \(NumberText.count(left, "column")) with the smallest weights are left out to save time; "
          + "explanations: full covers all.")
    }
    let chart = BarChart(
      title: "permutation importance of columns",
      bars: importances.prefix(Self.shownColumns).map { importance in
        let (lower, upper) = importance.interval
        return .init(
          name: importance.column, value: importance.mean, interval: lower <= upper ? lower...upper : nil)
      })
    section.charts = [.init(caption: "How much the \(metric) worsens when a column is shuffled", markup: chart.markup)]
      .compactMap { $0 }
    section.tables = [
      .init(
        caption: importances.count > Self.shownColumns
          ? "The first \(Self.shownColumns) columns; \(ResultFolderLayout.permutationImportanceFile) has all"
          : "Columns",
        header: [.text("column"), .number("importance"), .number("from"), .number("to")],
        rows: importances.prefix(Self.shownColumns).map { importance in
          .init(cells: [
            .text(importance.column), .number(importance.mean), .number(importance.interval.lower),
            .number(importance.interval.upper),
          ])
        })
    ]
    return section
  }

  private var contributions: ReportPage.Section {
    var section = ReportPage.Section(id: "contributions", title: "Contributions to predictions")
    guard let sample = explanations.contributions else { return section }
    let contributions = sample.contributions
    let ranked = contributions.ranked.prefix(Self.shownColumns)
    section.notes = [
      "How far each column moves the prediction of a row from the mean of \(sample.backgroundRows) training rows, on "
        + "the scale of \(Self.scale(contributions.scale)): SHAP values of "
        + "\(NumberText.count(contributions.rowCount, "row")), \(part). "
        + (sample.method == .exact
          ? "They are exact for these training rows." : "They are estimated from random orders of the columns.")
    ]
    var charts: [ReportPage.Chart?] = []
    if contributions.scale.count == 1 {
      let swarm = SwarmChart(
        title: "contributions of columns", horizontalTitle: "contribution to \(Self.shortScale(contributions.scale))",
        colorTitle: "value of the column", lines: ranked.map { line(sample, $0.column) })
      charts.append(
        .init(
          caption: "Each dot is a row; its colour is the value of the column, or the order of its levels",
          markup: swarm.markup))
    }
    let bars = BarChart(
      title: "mean absolute contribution of columns",
      bars: ranked.map { .init(name: contributions.columns[$0.column], value: $0.mean) })
    charts.append(.init(caption: "Mean absolute contribution", markup: bars.markup))
    section.charts = charts.compactMap { $0 }
    section.tables = [
      .init(
        caption: contributions.columns.count > Self.shownColumns
          ? "The first \(Self.shownColumns) columns; \(ResultFolderLayout.explainedContributionsFile) has all"
          : "Mean absolute contribution by column",
        header: [.text("column"), .number("mean absolute contribution")],
        rows: ranked.map { .init(cells: [.text(contributions.columns[$0.column]), .number($0.mean)]) })
    ]
    return section
  }

  /// Returns the contributions of a column to a margin, with the places of its values.
  private func line(_ sample: ContributionSample, _ column: Int) -> SwarmChart.Line {
    let contributions = sample.contributions
    let step = max(1, (contributions.rowCount + Self.shownPoints - 1) / Self.shownPoints)
    return .init(
      name: contributions.columns[column],
      points: stride(from: 0, to: contributions.rowCount, by: step).map { row in
        let values = contributions.values(row: row, margin: 0)
        return .init(value: values[values.startIndex + column], place: sample.places[column][row])
      })
  }

  private static func scale(_ scale: MarginScale) -> String {
    switch scale.kind {
    case .prediction: "the response"
    case .logarithm: "the logarithm of the prediction"
    case .logOdds: scale.count == 1 ? "the log odds of ‘\(scale.classes[0])’" : "the log odds of each class"
    }
  }

  private static func shortScale(_ scale: MarginScale) -> String {
    switch scale.kind {
    case .prediction: "the prediction"
    case .logarithm: "the log of the prediction"
    case .logOdds: "the log odds of \(scale.classes[0])"
    }
  }
}
