/// Curves over a common horizontal axis.
package struct LineChart: Sendable {
  package struct Series: Sendable {
    let name: String
    let points: [(x: Double, y: Double)]

    package init(name: String, points: [(x: Double, y: Double)]) {
      self.name = name
      self.points = points.filter { Axis.holds($0.x) && Axis.holds($0.y) }
    }
  }

  /// The number of points above which a curve is thinned out; more are not visible on a screen.
  private static let maximumPoints = 400
  /// The number of series colours of the page.
  private static let colorCount = 6

  package var title: String
  package var horizontalTitle: String
  package var verticalTitle: String
  package var series: [Series]
  /// Draws the diagonal, which is the performance of chance.
  package var hasDiagonal = false
  package var startsAtZero = false
  /// A labelled position on the horizontal axis; nil for none.
  package var marked: Mark?

  /// A labelled position on the horizontal axis.
  package struct Mark: Sendable {
    let x: Double
    let label: String

    package init(x: Double, label: String) {
      self.x = x
      self.label = label
    }
  }

  package init(title: String, horizontalTitle: String, verticalTitle: String, series: [Series]) {
    self.title = title
    self.horizontalTitle = horizontalTitle
    self.verticalTitle = verticalTitle
    self.series = series.filter { !$0.points.isEmpty }
  }

  /// The SVG markup; empty without points.
  package var markup: String {
    guard !series.isEmpty else { return "" }
    let points = series.flatMap(\.points)
    let area = PlotArea(
      horizontal: Axis(
        points.map(\.x) + (marked.map { $0.x.isFinite ? [$0.x] : [] } ?? []), count: 8, startsAtZero: startsAtZero),
      vertical: Axis(points.map(\.y), startsAtZero: startsAtZero))
    var svg = SVG(width: PlotArea.width, height: PlotArea.height + (series.count > 1 ? 22 : 0))
    area.draw(in: &svg, horizontalTitle: horizontalTitle, verticalTitle: verticalTitle)
    if hasDiagonal { svg.line(area.point(0, 0), area.point(1, 1), style: "chance") }
    if let marked, marked.x.isFinite { area.draw(marked, in: &svg) }
    for (index, series) in series.enumerated() {
      let color = Self.color(index)
      let step = max(1, series.points.count / Self.maximumPoints)
      let thinned = series.points.enumerated().filter { $0.offset % step == 0 || $0.offset == series.points.count - 1 }
        .map(\.element)
      svg.path(thinned.map { area.point($0.x, $0.y) }, style: "curve", color: color)
      guard thinned.count <= 40 else { continue }
      for point in thinned {
        svg.dot(
          area.point(point.x, point.y), radius: 2.5, color: color,
          hint: "\(series.name): \(ChartNumber.text(point.y)) at \(ChartNumber.text(point.x))")
      }
    }
    if series.count > 1 { drawLegend(in: &svg) }
    return svg.markup(label: title)
  }

  static func color(_ index: Int) -> String { "var(--series-\(index % colorCount + 1))" }

  private func drawLegend(in svg: inout SVG) {
    var x = 50.0
    for (index, series) in series.enumerated() {
      svg.box(x: x, y: PlotArea.height + 2, width: 14, height: 4, color: Self.color(index))
      let name = SVG.shortened(series.name, 40)
      svg.text(name, (x + 20, PlotArea.height + 8))
      x += 36 + SVG.width(of: name)
    }
  }
}
