internal import Charts
internal import DataFrames
internal import DurableFiles
internal import Explanations
internal import Models
internal import Wording

/// The section about predictions as functions of the strongest columns.
struct DependenceSection {
  /// The number of thin curves of single rows.
  private static let shownRows = 15
  /// The number of classes with a curve.
  private static let shownClasses = 6

  private let dependences: [PartialDependence]
  private let model: Model
  private let part: String

  init(_ dependences: [PartialDependence], model: Model, part: String) {
    self.dependences = dependences.filter { $0.points.count > 1 }
    self.model = model
    self.part = part
  }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "dependence", title: "Partial dependence")
    guard let first = dependences.first else { return section }
    section.notes = [
      "The mean prediction for \(NumberText.count(first.rows.count, "row")), \(part), if one column had the same value "
        + "in all of them. Thin curves and small dots are single rows: where they differ in shape, the effect depends "
        + "on other columns. Values that do not occur together with those of other columns say little. "
        + "\(ResultFolderLayout.partialDependenceFile) and \(ResultFolderLayout.individualCurvesFile) have the numbers."
    ]
    section.charts = dependences.compactMap(chart)
    section.tables = [
      .init(
        caption: "Range of the mean prediction by column",
        header: [.text("column"), .number("values"), .number("range")],
        rows: dependences.map {
          .init(cells: [.text($0.column), .number(String($0.points.count)), .number($0.range)])
        })
    ]
    return section
  }

  /// The quantity on the vertical axis.
  private func title(_ dependence: PartialDependence, _ curve: Int?) -> String {
    guard let curve, !dependence.classes.isEmpty else {
      return dependence.classes.isEmpty ? "predicted \(model.encoding.response.name ?? "")" : "probability"
    }
    return "probability of \(dependence.classes[curve])"
  }

  private func chart(_ dependence: PartialDependence) -> ReportPage.Chart? {
    let numbers = dependence.points.indices.filter { dependence.points[$0].number != nil }
    guard numbers.count > 1, !dependence.isTime else { return groups(dependence) }
    func x(_ point: Int) -> Double { dependence.points[point].number ?? .nan }
    let curves = shownCurves(dependence)
    var chart = LineChart(
      title: "partial dependence on \(dependence.column)", horizontalTitle: dependence.column,
      verticalTitle: title(dependence, curves.count == 1 ? curves[0] : nil),
      series: curves.map { curve in
        .init(
          name: dependence.classes.isEmpty ? "mean prediction" : dependence.classes[curve],
          points: numbers.map { (x($0), dependence.mean(point: $0, curve: curve)) })
      })
    if curves.count == 1 {
      chart.background = shownRows(dependence).map { row in
        .init(name: "", points: numbers.map { (x($0), dependence.prediction(point: $0, row: row, curve: curves[0])) })
      }
    }
    return .init(caption: "By \(dependence.column)", markup: chart.markup)
  }

  /// Returns a chart of levels, times or missing values, of the class with the largest range.
  private func groups(_ dependence: PartialDependence) -> ReportPage.Chart? {
    guard let curve = shownCurves(dependence).first else { return nil }
    let names = dependence.points.map { $0.isMissing ? "missing" : $0.label }
    let rows = shownRows(dependence)
    let chart = GroupChart(
      title: "partial dependence on \(dependence.column)", horizontalTitle: dependence.column,
      verticalTitle: title(dependence, curve), groups: names,
      points: names.indices.flatMap { point in
        rows.map { row in
          .init(
            group: point, value: dependence.prediction(point: point, row: row, curve: curve),
            name: "one row, \(names[point])")
        } + [
          .init(
            group: point, value: dependence.mean(point: point, curve: curve), name: "mean, \(names[point])",
            isBest: true)
        ]
      })
    return .init(
      caption: "By \(dependence.column)" + (dependence.curveCount > 1 ? ", class \(dependence.classes[curve])" : "")
        + ": large dots are means", markup: chart.markup)
  }

  /// Returns the curves with the largest ranges, the largest first.
  private func shownCurves(_ dependence: PartialDependence) -> [Int] {
    let ranges = (0..<dependence.curveCount).map { curve in
      let means = dependence.points.indices.map { dependence.mean(point: $0, curve: curve) }
      return (means.max() ?? 0) - (means.min() ?? 0)
    }
    return Array(ranges.indices.sorted { (ranges[$1], $0) < (ranges[$0], $1) }.prefix(Self.shownClasses))
  }

  /// Returns the positions of rows spread evenly.
  private func shownRows(_ dependence: PartialDependence) -> [Int] {
    let step = max(1, dependence.rows.count / Self.shownRows)
    return Array(stride(from: 0, to: dependence.rows.count, by: step).prefix(Self.shownRows))
  }
}
