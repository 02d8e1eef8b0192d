internal import Charts
internal import DataFrames
internal import DurableFiles
internal import Explanations
internal import Models

/// The section about errors by the values of the strongest columns.
struct PredictorErrorSection {
  /// The number of points of a scatter plot.
  private static let shownPoints = 600

  private let errors: [ColumnErrors]
  private let model: Model
  private let part: String

  init(_ errors: [ColumnErrors], model: Model, part: String) {
    self.errors = errors
    self.model = model
    self.part = part
  }

  var section: ReportPage.Section {
    var section = ReportPage.Section(
      id: "predictor-errors", title: model.classes == nil ? "Residuals by predictor" : "Errors by predictor")
    guard !errors.isEmpty else { return section }
    section.notes = [
      "\(subject) by the values of the strongest columns, \(part). A distance between actual and predicted means shows "
        + "what the model has not learnt. \(ResultFolderLayout.errorsByPredictorFile) has the numbers."
    ]
    section.charts = errors.flatMap { [scatter($0), means($0)].compactMap { $0 } }
    return section
  }

  private var subject: String {
    switch model.classes?.count {
    case nil: "Actual and predicted values, and residuals (actual minus predicted),"
    case 2: "Observed frequency and mean probability of ‘\(model.classes?[1] ?? "")’"
    default: "Fraction of right predictions and mean probability of the predicted class"
    }
  }

  private var verticalTitle: String {
    switch model.classes?.count {
    case nil: model.encoding.response.name ?? ""
    case 2: "frequency of \(model.classes?[1] ?? "")"
    default: "fraction predicted right"
    }
  }

  private func scatter(_ column: ColumnErrors) -> ReportPage.Chart? {
    guard model.classes == nil, !column.isTime, column.points.count > 1 else { return nil }
    let step = max(1, (column.points.count + Self.shownPoints - 1) / Self.shownPoints)
    let chart = ScatterChart(
      title: "residuals over \(column.column), \(part)", horizontalTitle: column.column,
      verticalTitle: "actual − predicted",
      points: stride(from: 0, to: column.points.count, by: step).map {
        (x: column.points[$0].value, y: column.points[$0].residual)
      }, reference: .level(0))
    return .init(caption: "Residuals by \(column.column)", markup: chart.markup)
  }

  private func means(_ column: ColumnErrors) -> ReportPage.Chart? {
    let numbers = column.groups.filter { $0.center != nil }
    guard numbers.count > 1, !column.isTime else { return levels(column) }
    let chart = LineChart(
      title: "actual and predicted means by \(column.column)", horizontalTitle: column.column,
      verticalTitle: verticalTitle,
      series: [
        .init(name: "actual", points: numbers.map { ($0.center ?? .nan, $0.meanActual) }),
        .init(name: "predicted", points: numbers.map { ($0.center ?? .nan, $0.meanPrediction) }),
      ])
    return .init(caption: "Means by \(column.column)", markup: chart.markup)
  }

  private func levels(_ column: ColumnErrors) -> ReportPage.Chart? {
    let names = column.groups.map { $0.label.isEmpty ? "missing" : $0.label }
    var chart = GroupChart(
      title: "actual and predicted means by \(column.column)", horizontalTitle: column.column,
      verticalTitle: verticalTitle, groups: names,
      points: column.groups.enumerated().flatMap { index, group -> [GroupChart.Point] in
        [
          .init(group: index, value: group.meanActual, name: "actual, \(names[index])", isBest: true),
          .init(group: index, value: group.meanPrediction, name: "predicted, \(names[index])"),
        ]
      })
    chart.drawsBestBehind = true
    return .init(
      caption: "Means by \(column.column): large dots are actual, small ones predicted", markup: chart.markup)
  }
}
