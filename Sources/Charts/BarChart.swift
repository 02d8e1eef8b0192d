/// Named horizontal bars, the first at the top; a bar can have parts below it.
package struct BarChart: Sendable {
  package struct Bar: Sendable {
    let name: String
    let value: Double
    /// True for a part of the bar above, which is indented.
    let isPart: Bool
    /// The interval of confidence, which a line shows; nil for none.
    let interval: ClosedRange<Double>?

    package init(name: String, value: Double, isPart: Bool = false, interval: ClosedRange<Double>? = nil) {
      self.name = name
      self.value = value
      self.isPart = isPart
      self.interval = interval
    }

    /// The right end of the bar and its interval.
    fileprivate var end: Double { max(0, value, interval?.upperBound ?? 0) }

    fileprivate var words: String {
      let range = interval.map { " (\(ChartNumber.text($0.lowerBound)) to \(ChartNumber.text($0.upperBound)))" }
      return "\(name): \(ChartNumber.text(value))\(range ?? "")"
    }
  }

  private static let (barHeight, partHeight) = (24.0, 18.0)
  private static let indent = 14.0
  /// The largest width of names; longer ones are shortened in the middle.
  private static let nameRoom = ChartSize.width / 2
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
    guard let largest = bars.map(\.end).max(), largest > 0 else { return "" }
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
        opacity: bar.isPart ? 0.5 : 1, hint: bar.words)
      if let interval = bar.interval {
        let middle = top + height / 2
        let ends = [interval.lowerBound, interval.upperBound].map { left + room * max(0, $0) / largest }
        svg.line((ends[0], middle), (ends[1], middle), style: "interval")
        for end in ends { svg.line((end, middle - 4), (end, middle + 4), style: "interval") }
      }
      svg.text(ChartNumber.text(bar.value), (left + room * bar.end / largest + 6, top + height / 2 + 4))
      top += height
    }
    return svg.markup(
      label: title, description: ChartText.list(bars.map(\.words)))
  }
}
