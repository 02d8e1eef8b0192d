/// Named horizontal bars, the first at the top.
package struct BarChart: Sendable {
  private static let barHeight = 22.0
  private static let nameLength = 28

  package var title: String
  package var bars: [(name: String, value: Double)]

  package init(title: String, bars: [(name: String, value: Double)]) {
    self.title = title
    self.bars = bars.filter { $0.value.isFinite }
  }

  /// The SVG markup; empty without bars.
  package var markup: String {
    guard let largest = bars.map(\.value).max(), largest > 0 else { return "" }
    let names = bars.map { SVG.shortened($0.name, Self.nameLength) }
    let left = 12 + (names.map(SVG.width).max() ?? 0)
    var svg = SVG(width: PlotArea.width, height: Double(bars.count) * Self.barHeight + 8)
    for (index, bar) in bars.enumerated() {
      let top = 4 + Double(index) * Self.barHeight
      let width = (PlotArea.width - left - 60) * max(0, bar.value) / largest
      svg.text(names[index], (left - 6, top + 14), anchor: .end, hint: bar.name == names[index] ? "" : bar.name)
      svg.box(
        x: left, y: top + 3, width: width, height: Self.barHeight - 6, color: "var(--series-1)",
        hint: "\(bar.name): \(ChartNumber.text(bar.value))")
      svg.text(ChartNumber.text(bar.value), (left + width + 6, top + 14))
    }
    return svg.markup(label: title)
  }
}
