/// Parallel coordinates: one vertical axis per setting, one line per model across all of them.
package struct ParallelChart: Sendable {
  /// An axis with its named values, the first at the bottom.
  package struct Dimension: Sendable {
    let name: String
    let labels: [String]

    package init(name: String, labels: [String]) {
      self.name = name
      self.labels = labels
    }
  }

  package struct Line: Sendable {
    let name: String
    /// The place on each axis, from 0 at its lower end to 1.
    let places: [Double]
    let isBest: Bool

    package init(name: String, places: [Double], isBest: Bool = false) {
      self.name = name
      self.places = places
      self.isBest = isBest
    }
  }

  /// The labels of an axis that are drawn.
  private static let shownLabels = 8
  private static let (top, bottom, side) = (30.0, 16.0, 46.0)
  private static let height = 300.0
  private static let axisRoom = 150.0

  package var title: String
  package var dimensions: [Dimension]
  package var lines: [Line]

  package init(title: String, dimensions: [Dimension], lines: [Line]) {
    self.title = title
    self.dimensions = dimensions
    self.lines = lines.filter { $0.places.count == dimensions.count && $0.places.allSatisfy(\.isFinite) }
  }

  /// The SVG markup; empty without lines, or with a single axis.
  package var markup: String {
    guard dimensions.count > 1, !lines.isEmpty else { return "" }
    let width = max(ChartSize.width, Self.axisRoom * Double(dimensions.count))
    let distance = (width - 2 * Self.side) / Double(dimensions.count - 1)
    func x(_ index: Int) -> Double { Self.side + distance * Double(index) }
    func y(_ place: Double) -> Double { Self.height - Self.bottom - (Self.height - Self.bottom - Self.top) * place }
    var svg = SVG(width: width, height: Self.height)
    for line in lines.sorted(by: { !$0.isBest && $1.isBest }) {
      svg.path(
        line.places.enumerated().map { (x($0), y($1)) }, style: line.isBest ? "curve best" : "curve",
        color: line.isBest ? "var(--series-2)" : "color-mix(in srgb, var(--series-1) 45%, transparent)",
        hint: line.name)
    }
    for (index, dimension) in dimensions.enumerated() {
      svg.line((x(index), y(0)), (x(index), y(1)), style: "axis")
      let isLast = index == dimensions.count - 1
      let anchor: SVG.Anchor = index == 0 ? .start : isLast ? .end : .middle
      let edge = index == 0 ? 4 : isLast ? width - 4 : x(index)
      svg.text(
        SVG.fitted(dimension.name, width: distance - 8), (edge, 16), anchor: anchor, style: "title",
        hint: dimension.name)
      let step = max(1, (dimension.labels.count + Self.shownLabels - 1) / Self.shownLabels)
      for place in stride(from: 0, to: dimension.labels.count, by: step) {
        let height = Self.place(place, of: dimension.labels.count)
        svg.text(
          SVG.fitted(dimension.labels[place], width: distance - 16),
          (isLast ? x(index) - 6 : x(index) + 6, y(height) + 4), anchor: isLast ? .end : .start, style: "halo",
          hint: dimension.labels[place])
      }
    }
    return svg.markup(
      label: title,
      description: ChartText.sentences(
        ["One line per model across \(dimensions.map(\.name).joined(separator: ", "))"]
          + lines.filter(\.isBest).map { "The best: \($0.name)" }))
  }

  /// Returns the place of a value among `count` values, from 0 to 1.
  package static func place(_ index: Int, of count: Int) -> Double {
    count > 1 ? Double(index) / Double(count - 1) : 0.5
  }
}
