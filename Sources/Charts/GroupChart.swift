/// Points over named groups, such as the values of a setting; the best point is emphasised.
package struct GroupChart: Sendable {
  package struct Point: Sendable {
    let group: Int
    let value: Double
    let name: String
    let isBest: Bool

    package init(group: Int, value: Double, name: String, isBest: Bool = false) {
      self.group = group
      self.value = value
      self.name = name
      self.isBest = isBest
    }
  }

  package var title: String
  package var horizontalTitle: String
  package var verticalTitle: String
  package var groups: [String]
  package var points: [Point]
  /// True to draw the best points behind the others, which are smaller and could lie on them.
  package var drawsBestBehind = false

  package init(title: String, horizontalTitle: String, verticalTitle: String, groups: [String], points: [Point]) {
    self.title = title
    self.horizontalTitle = horizontalTitle
    self.verticalTitle = verticalTitle
    self.groups = groups
    self.points = points.filter { Axis.holds($0.value) && groups.indices.contains($0.group) }
  }

  /// The SVG markup; empty without points.
  package var markup: String {
    guard !points.isEmpty else { return "" }
    let area = PlotArea(
      horizontal: Axis(from: -0.5, to: Double(groups.count) - 0.5), vertical: Axis(points.map(\.value)),
      names: groups.enumerated().map { (Double($0), $1) })
    var svg = SVG(width: ChartSize.width, height: area.height)
    area.draw(in: &svg, horizontalTitle: horizontalTitle, verticalTitle: verticalTitle)
    // A translucent dot on another one would be hard to see.
    let others = drawsBestBehind ? "var(--series-1)" : "color-mix(in srgb, var(--series-1) 60%, transparent)"
    for point in points.sorted(by: { $0.isBest != $1.isBest && $0.isBest == drawsBestBehind }) {
      svg.dot(
        area.point(Double(point.group), point.value), radius: point.isBest ? 6 : drawsBestBehind ? 3 : 4,
        color: point.isBest ? "var(--series-2)" : others,
        hint: "\(point.name): \(ChartNumber.text(point.value))")
    }
    return svg.markup(label: title, description: words)
  }

  /// The range of the values of each group, as text.
  private var words: String {
    ChartText.list(
      groups.enumerated().compactMap { index, name in
        let values = points.filter { $0.group == index }.map(\.value)
        guard let lowest = values.min(), let highest = values.max() else { return nil }
        return "\(name): \(ChartNumber.text(lowest))"
          + (lowest == highest ? "" : " to \(ChartNumber.text(highest))")
      })
  }
}
