/// The frame of a chart: axes with ticks and titles, and a grid; converts values to positions.
struct PlotArea {
  private static let (top, right, bottom) = (14.0, 16.0, 48.0)
  /// The largest height of names that read from bottom to top.
  private static let uprightRoom = 130.0
  /// The height of a line of text.
  private static let lineHeight = 16.0

  private let horizontal: Axis
  private let vertical: Axis
  private let width: Double
  private let left: Double
  /// Labels for values of the horizontal axis; nil for numbers at its ticks.
  private let names: [(value: Double, name: String)]?
  /// The height of names that read from bottom to top, because they are wider than their places; 0 for others.
  private let uprightHeight: Double

  /// - Parameters:
  ///   - horizontal: The horizontal axis.
  ///   - vertical: The vertical axis.
  ///   - width: The width of the chart in pixels.
  ///   - names: Labels for values of the horizontal axis; nil for numbers at its ticks.
  init(
    horizontal: Axis, vertical: Axis, width: Double = ChartSize.width, names: [(value: Double, name: String)]? = nil
  ) {
    self.horizontal = horizontal
    self.vertical = vertical
    self.width = width
    self.names = names
    left = 34 + (vertical.labels.map(SVG.width).max() ?? 0)
    let widest = names?.map { SVG.width(of: $0.name) }.max() ?? 0
    let room = (width - Self.right - left) / Double(max(1, names?.count ?? 1)) - 4
    uprightHeight = widest > room ? min(widest, Self.uprightRoom) : 0
  }

  private var right: Double { width - Self.right }
  private var bottom: Double { ChartSize.height - Self.bottom }
  /// The room that upright names need below that of others.
  private var furtherHeight: Double { max(0, uprightHeight - Self.lineHeight) }
  /// The height of the chart without its legend.
  var height: Double { ChartSize.height + furtherHeight }

  func x(_ value: Double) -> Double { left + (right - left) * horizontal.share(value) }
  func y(_ value: Double) -> Double { bottom - (bottom - Self.top) * vertical.share(value) }
  func point(_ x: Double, _ y: Double) -> (Double, Double) { (self.x(x), self.y(y)) }

  /// Draws the axes.
  func draw(in svg: inout SVG, horizontalTitle: String, verticalTitle: String) {
    for (value, label) in zip(vertical.ticks, vertical.labels) {
      svg.line((left, y(value)), (right, y(value)), style: "grid")
      svg.text(label, (left - 6, y(value) + 4), anchor: .end)
    }
    drawLabels(in: &svg)
    svg.line((left, bottom), (right, bottom), style: "axis")
    svg.text(
      SVG.fitted(horizontalTitle, width: right - left), ((left + right) / 2, bottom + 38 + furtherHeight),
      anchor: .middle, style: "title")
    svg.text(
      SVG.fitted(verticalTitle, width: bottom - Self.top), (14, (Self.top + bottom) / 2), anchor: .middle,
      style: "title", isRotated: true)
  }

  /// Draws the labels of the horizontal axis; one that would overlap the previous one is omitted, its tick remains.
  private func drawLabels(in svg: inout SVG) {
    let isUpright = uprightHeight > 0
    var free = -Double.infinity
    for (value, label) in names ?? zip(horizontal.ticks, horizontal.labels).map({ ($0, $1) }) {
      svg.line((x(value), bottom), (x(value), bottom + 4), style: "axis")
      let shown = isUpright ? SVG.fitted(label, width: uprightHeight) : label
      let half = (isUpright ? Self.lineHeight : SVG.width(of: shown)) / 2
      guard x(value) - half > free, x(value) + half < width else { continue }
      free = x(value) + half + (isUpright ? 0 : 6)
      svg.text(
        shown, isUpright ? (x(value) + 4, bottom + 8) : (x(value), bottom + 18), anchor: isUpright ? .end : .middle,
        isRotated: isUpright, hint: shown == label ? "" : label)
    }
  }

  /// Draws the line of equal values as far as both axes reach.
  func drawDiagonal(in svg: inout SVG) {
    let (from, to) = (max(horizontal.lower, vertical.lower), min(horizontal.upper, vertical.upper))
    if from < to { svg.line(point(from, from), point(to, to), style: "chance") }
  }

  /// Draws a vertical line at the mark, with its label at the top, on the side with more room.
  func draw(_ mark: LineChart.Mark, in svg: inout SVG) {
    let x = x(mark.x)
    if let from = mark.from, from.isFinite {
      svg.box(
        x: self.x(from), y: Self.top, width: x - self.x(from), height: bottom - Self.top, color: "var(--muted)",
        opacity: 0.15)
    }
    svg.line((x, Self.top), (x, bottom), style: "chance")
    let isRight = x > (left + right) / 2
    let room = (isRight ? x - left : right - x) - 12
    svg.text(
      SVG.fitted(mark.label, width: room), (isRight ? x - 6 : x + 6, Self.top + 12), anchor: isRight ? .end : .start,
      hint: mark.label)
  }
}
