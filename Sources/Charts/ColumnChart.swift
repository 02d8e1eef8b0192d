/// Columns over adjacent intervals; several series stand side by side in each interval.
package struct ColumnChart: Sendable {
  package struct Series: Sendable {
    let name: String
    /// One value per interval.
    let values: [Double]

    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  package var title: String
  package var horizontalTitle: String
  package var verticalTitle: String
  /// The bounds of the intervals, ascending; one more than there are intervals.
  package var bounds: [Double]
  package var series: [Series]

  package init(title: String, horizontalTitle: String, verticalTitle: String, bounds: [Double], series: [Series]) {
    self.title = title
    self.horizontalTitle = horizontalTitle
    self.verticalTitle = verticalTitle
    self.bounds = bounds
    self.series = series.filter { $0.values.count == bounds.count - 1 && $0.values.contains { $0 > 0 } }
  }

  /// The SVG markup; empty without values.
  package var markup: String {
    guard !series.isEmpty, bounds.allSatisfy(Axis.holds) else { return "" }
    let area = PlotArea(
      horizontal: Axis(bounds, count: 6), vertical: Axis(series.flatMap(\.values), startsAtZero: true))
    let legend = Legend(series.map(\.name))
    var svg = SVG(width: ChartSize.width, height: ChartSize.height + legend.height)
    area.draw(in: &svg, horizontalTitle: horizontalTitle, verticalTitle: verticalTitle)
    for (index, series) in series.enumerated() {
      for (interval, value) in series.values.enumerated() where value > 0 && value.isFinite {
        draw(value, series.name, index, interval, in: &svg, area)
      }
    }
    legend.draw(in: &svg, top: ChartSize.height) { svg, index, from, to in
      svg.box(x: from.0, y: from.1 - 5, width: to.0 - from.0, height: 10, color: LineChart.color(index))
    }
    return svg.markup(
      label: title, description: ChartText.sentences(["\(verticalTitle) by \(horizontalTitle)"] + series.map(words)))
  }

  private func draw(
    _ value: Double, _ name: String, _ index: Int, _ interval: Int, in svg: inout SVG, _ area: PlotArea
  ) {
    let (from, to) = (bounds[interval], bounds[interval + 1])
    let width = (area.x(to) - area.x(from) - 1) / Double(series.count)
    svg.box(
      x: area.x(from) + 0.5 + Double(index) * width, y: area.y(value), width: width, height: area.y(0) - area.y(value),
      color: LineChart.color(index),
      hint: (series.count > 1 ? "\(name), " : "")
        + "\(ChartNumber.text(from)) to \(ChartNumber.text(to)): \(ChartNumber.text(value)) \(verticalTitle)")
  }

  /// Returns the intervals of a series that hold something, as text.
  private func words(_ series: Series) -> String {
    let items = series.values.indices.filter { series.values[$0] > 0 }.map {
      "\(ChartNumber.text(bounds[$0])) to \(ChartNumber.text(bounds[$0 + 1])): \(ChartNumber.text(series.values[$0]))"
    }
    return "\(series.name): \(ChartText.list(items))"
  }
}
