/// Curves over a common horizontal axis.
package struct LineChart: Sendable {
  package struct Series: Sendable {
    let name: String
    package let points: [(x: Double, y: Double)]
    /// The value at the mark of the chart, which need not lie on the curve; nil for none.
    package let markedValue: Double?

    package init(name: String, points: [(x: Double, y: Double)], markedValue: Double? = nil) {
      self.name = name
      self.points = points.filter { Axis.holds($0.x) && Axis.holds($0.y) }
      self.markedValue = markedValue.flatMap { Axis.holds($0) ? $0 : nil }
    }
  }

  /// A labelled position on the horizontal axis, or a range that ends there.
  package struct Mark: Sendable {
    let x: Double
    /// The start of the range; nil for a single position.
    let from: Double?
    let label: String

    package init(x: Double, from: Double? = nil, label: String) {
      self.x = x
      self.from = from
      self.label = label
    }
  }

  /// The number of points up to which each has a dot with its values.
  private static let dottedPoints = 40
  /// The number of series colours of the page.
  private static let colorCount = 6
  /// Lines differ in their dashes too, for those who do not distinguish the colours.
  private static let dashes = ["", "7 3", "2 3", "9 3 2 3"]

  package var title: String
  package var horizontalTitle: String
  package var verticalTitle: String
  package var series: [Series]
  /// Draws the diagonal, which is the performance of chance, or perfect agreement.
  package var hasDiagonal = false
  /// Thin curves behind the others, such as those of single rows; without names.
  package var background: [Series] = []
  package var startsAtZero = false
  /// Nil for none.
  package var marked: Mark?
  /// True for a drawing that fills a large screen alone; on small ones its text would be too small.
  package var isWide = false

  package init(title: String, horizontalTitle: String, verticalTitle: String, series: [Series]) {
    self.title = title
    self.horizontalTitle = horizontalTitle
    self.verticalTitle = verticalTitle
    self.series = series.filter { !$0.points.isEmpty }
  }

  /// The SVG markup; empty without points.
  package var markup: String {
    guard !series.isEmpty else { return "" }
    let points = (series + background).flatMap(\.points)
    let mark = marked.flatMap { $0.x.isFinite ? $0 : nil }
    let horizontal = Axis(
      points.map(\.x) + [mark?.x, mark?.from].compactMap { $0 }, count: isWide ? 12 : 6, startsAtZero: startsAtZero)
    let heights = points.map(\.y) + (mark == nil ? [] : series.compactMap(\.markedValue))
    let width = isWide ? ChartSize.wholeWidth : ChartSize.width
    let area = PlotArea(
      horizontal: horizontal, vertical: Axis(heights, startsAtZero: startsAtZero), width: width)
    let legend = Legend(series.map(\.name), width: width)
    var svg = SVG(width: width, height: ChartSize.height + legend.height)
    area.draw(in: &svg, horizontalTitle: horizontalTitle, verticalTitle: verticalTitle)
    if hasDiagonal { area.drawDiagonal(in: &svg) }
    if let mark { area.draw(mark, in: &svg) }
    for series in background {
      svg.path(series.points.map { area.point($0.x, $0.y) }, style: "faint", color: "var(--muted)")
    }
    for (index, series) in series.enumerated() { draw(series, index, in: &svg, area, mark) }
    legend.draw(in: &svg, top: ChartSize.height) { svg, index, from, to in
      svg.path([from, to], style: "curve", color: Self.color(index), dashes: Self.dashes(index))
    }
    return svg.markup(
      label: title,
      description: ChartText.sentences(
        ["\(verticalTitle) over \(horizontalTitle)"] + series.map { ChartText.curve($0.name, $0.points) }
          + [mark.map(words) ?? "", backgroundWords]))
  }

  /// Returns text such as `delivered: epoch 50: training 0.45, validation 0.53`.
  private func words(_ mark: Mark) -> String {
    let values = series.compactMap { series in
      series.markedValue.map { "\(series.name) \(ChartNumber.text($0))" }
    }
    return mark.label + (values.isEmpty ? "" : ": " + values.joined(separator: ", "))
  }

  /// Whether a marked value lies on no point of its curve.
  package var isApart: Bool {
    guard let marked else { return false }
    return series.contains { series in
      guard let value = series.markedValue else { return false }
      let room = 1e-6 * abs(value)
      return !series.points.contains { $0.x == marked.x && abs($0.y - value) <= room }
    }
  }

  private var backgroundWords: String {
    let values = background.flatMap(\.points).map(\.y)
    guard let lowest = values.min(), let highest = values.max() else { return "" }
    return "\(background.count) thin curves from \(ChartNumber.text(lowest)) to \(ChartNumber.text(highest))"
  }

  static func color(_ index: Int) -> String { "var(--series-\(index % colorCount + 1))" }
  private static func dashes(_ index: Int) -> String { dashes[index % dashes.count] }

  private func draw(_ series: Series, _ index: Int, in svg: inout SVG, _ area: PlotArea, _ mark: Mark?) {
    let color = Self.color(index)
    let thinned = Thinning.thinned(series.points)
    svg.path(thinned.map { area.point($0.x, $0.y) }, style: "curve", color: color, dashes: Self.dashes(index))
    if thinned.count <= Self.dottedPoints {
      for point in thinned {
        svg.dot(
          area.point(point.x, point.y), radius: 2.5, color: color,
          hint: "\(series.name): \(ChartNumber.text(point.y)) at \(ChartNumber.text(point.x))")
      }
    }
    if let mark, let value = series.markedValue {
      svg.dot(
        area.point(mark.x, value), radius: 4.5, color: color,
        hint: "\(series.name), \(mark.label): \(ChartNumber.text(value))")
    }
  }
}
