/// The distribution of values, with one column per interval.
package struct HistogramChart: Sendable {
  private static let columns = 40

  package var title: String
  package var horizontalTitle: String
  package var values: [Double]

  package init(title: String, horizontalTitle: String, values: [Double]) {
    self.title = title
    self.horizontalTitle = horizontalTitle
    self.values = values.filter(Axis.holds)
  }

  /// The SVG markup; empty without values.
  package var markup: String {
    guard let smallest = values.min(), let largest = values.max() else { return "" }
    let distance = (largest - smallest) / Double(Self.columns)
    let width = distance > 0 ? distance : 1
    var counts = [Double](repeating: 0, count: Self.columns)
    for value in values { counts[min(Self.columns - 1, Int((value - smallest) / width))] += 1 }
    let area = PlotArea(
      horizontal: Axis([smallest, smallest + width * Double(Self.columns)], count: 8),
      vertical: Axis(counts, startsAtZero: true))
    var svg = SVG(width: PlotArea.width, height: PlotArea.height)
    area.draw(in: &svg, horizontalTitle: horizontalTitle, verticalTitle: "rows")
    for (index, count) in counts.enumerated() where count > 0 {
      let from = smallest + width * Double(index)
      let (left, right) = (area.x(from), area.x(from + width))
      svg.box(
        x: left + 0.5, y: area.y(count), width: right - left - 1, height: area.y(0) - area.y(count),
        color: "var(--series-1)",
        hint: "\(ChartNumber.text(from)) to \(ChartNumber.text(from + width)): \(Int(count)) rows")
    }
    return svg.markup(label: title)
  }
}
