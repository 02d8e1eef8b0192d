/// Named horizontal bars, the first at the top; a bar can have parts below it.
package struct BarChart: Sendable {
  package struct Bar: Sendable {
    let name: String
    let value: Double
    /// True for a part of the bar above, which is indented.
    let isPart: Bool

    package init(name: String, value: Double, isPart: Bool = false) {
      self.name = name
      self.value = value
      self.isPart = isPart
    }
  }

  private static let (barHeight, partHeight) = (24.0, 18.0)
  private static let indent = 14.0
  /// The largest width of names; longer ones are truncated.
  private static let nameRoom = 200.0
  /// The room for the number behind a bar.
  private static let numberRoom = 62.0

  package var title: String
  package var bars: [Bar]

  package init(title: String, bars: [Bar]) {
    self.title = title
    self.bars = bars.filter { $0.value.isFinite }
  }

  /// The SVG markup; empty without bars.
  package var markup: String {
    guard let largest = bars.map(\.value).max(), largest > 0 else { return "" }
    func indent(_ bar: Bar) -> Double { bar.isPart ? Self.indent : 0 }
    let names = bars.map { SVG.fitted($0.name, width: Self.nameRoom - indent($0)) }
    let left = 12 + (zip(bars, names).map { indent($0) + SVG.width(of: $1) }.max() ?? 0)
    let room = ChartSize.width - left - Self.numberRoom
    var svg = SVG(
      width: ChartSize.width, height: 8 + bars.reduce(0) { $0 + ($1.isPart ? Self.partHeight : Self.barHeight) })
    var top = 4.0
    for (bar, name) in zip(bars, names) {
      let height = bar.isPart ? Self.partHeight : Self.barHeight
      let width = room * max(0, bar.value) / largest
      svg.text(
        name, (4 + indent(bar), top + height / 2 + 4), style: bar.isPart ? "" : "title",
        hint: bar.name == name ? "" : bar.name)
      svg.box(
        x: left, y: top + 3, width: width, height: height - 6, color: "var(--series-1)",
        opacity: bar.isPart ? 0.5 : 1, hint: "\(bar.name): \(ChartNumber.text(bar.value))")
      svg.text(ChartNumber.text(bar.value), (left + width + 6, top + height / 2 + 4))
      top += height
    }
    return svg.markup(
      label: title, description: ChartText.list(bars.map { "\($0.name): \(ChartNumber.text($0.value))" }))
  }
}
