/// Points over two axes, with an optional reference line.
package struct ScatterChart: Sendable {
  /// The line that the points are compared with.
  package enum Reference: Sendable {
    /// A horizontal line.
    case level(Double)
    /// Equal values on both axes.
    case diagonal
  }

  package var title: String
  package var horizontalTitle: String
  package var verticalTitle: String
  package var points: [(x: Double, y: Double)]
  package var reference: Reference?

  package init(
    title: String, horizontalTitle: String, verticalTitle: String, points: [(x: Double, y: Double)],
    reference: Reference? = nil
  ) {
    self.title = title
    self.horizontalTitle = horizontalTitle
    self.verticalTitle = verticalTitle
    self.points = points.filter { Axis.holds($0.x) && Axis.holds($0.y) }
    self.reference = reference
  }

  /// The SVG markup; empty without points.
  package var markup: String {
    guard let left = points.map(\.x).min(), let right = points.map(\.x).max(), let lowest = points.map(\.y).min(),
      let highest = points.map(\.y).max()
    else { return "" }
    var verticals = [lowest, highest]
    if case .level(let level) = reference { verticals.append(level) }
    let area = PlotArea(horizontal: Axis([left, right], count: 6), vertical: Axis(verticals))
    var svg = SVG(width: ChartSize.width, height: ChartSize.height)
    area.draw(in: &svg, horizontalTitle: horizontalTitle, verticalTitle: verticalTitle)
    switch reference {
    case .level(let level): svg.line(area.point(left, level), area.point(right, level), style: "chance")
    case .diagonal: area.drawDiagonal(in: &svg)
    case nil: break
    }
    svg.dots(
      points.map { area.point($0.x, $0.y) }, radius: 2.4, color: "color-mix(in srgb, var(--series-1) 50%, transparent)")
    return svg.markup(
      label: title,
      description: ChartText.sentences([
        "\(points.count) points", "\(horizontalTitle) from \(ChartNumber.text(left)) to \(ChartNumber.text(right))",
        "\(verticalTitle) from \(ChartNumber.text(lowest)) to \(ChartNumber.text(highest))",
        correlation.map { "Correlation \(ChartNumber.text($0))" } ?? "",
      ]))
  }

  /// Pearson's correlation; nil without variation.
  private var correlation: Double? {
    let count = Double(points.count)
    let (meanX, meanY) = (points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count)
    let sums = points.reduce(into: (xx: 0.0, yy: 0.0, xy: 0.0)) { sums, point in
      let (dx, dy) = (point.x - meanX, point.y - meanY)
      sums = (sums.xx + dx * dx, sums.yy + dy * dy, sums.xy + dx * dy)
    }
    let value = sums.xy / (sums.xx * sums.yy).squareRoot()
    return value.isFinite ? value : nil
  }
}
