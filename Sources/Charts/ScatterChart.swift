/// Points over two axes, with an optional horizontal line.
package struct ScatterChart: Sendable {
  package var title: String
  package var horizontalTitle: String
  package var verticalTitle: String
  package var points: [(x: Double, y: Double)]
  /// The value of the horizontal line; nil for none.
  package var level: Double?

  package init(
    title: String, horizontalTitle: String, verticalTitle: String, points: [(x: Double, y: Double)],
    level: Double? = nil
  ) {
    self.title = title
    self.horizontalTitle = horizontalTitle
    self.verticalTitle = verticalTitle
    self.points = points.filter { Axis.holds($0.x) && Axis.holds($0.y) }
    self.level = level
  }

  /// The SVG markup; empty without points.
  package var markup: String {
    guard !points.isEmpty else { return "" }
    let area = PlotArea(
      horizontal: Axis(points.map(\.x), count: 8), vertical: Axis(points.map(\.y) + [level].compactMap { $0 }))
    var svg = SVG(width: PlotArea.width, height: PlotArea.height)
    area.draw(in: &svg, horizontalTitle: horizontalTitle, verticalTitle: verticalTitle)
    if let level, let first = points.map(\.x).min(), let last = points.map(\.x).max() {
      svg.line(area.point(first, level), area.point(last, level), style: "chance")
    }
    for point in points {
      svg.dot(area.point(point.x, point.y), radius: 2.2, color: "color-mix(in srgb, var(--series-1) 45%, transparent)")
    }
    return svg.markup(label: title)
  }
}
