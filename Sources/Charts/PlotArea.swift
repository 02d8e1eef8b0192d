/// The frame of a chart: axes with ticks and titles, and a grid; converts values to positions.
struct PlotArea {
  private static let (top, right, bottom) = (14.0, 16.0, 48.0)

  private let horizontal: Axis
  private let vertical: Axis
  private let left: Double

  init(horizontal: Axis, vertical: Axis) {
    self.horizontal = horizontal
    self.vertical = vertical
    left = 34 + (vertical.labels.map(SVG.width).max() ?? 0)
  }

  private var right: Double { ChartSize.width - Self.right }
  private var bottom: Double { ChartSize.height - Self.bottom }

  func x(_ value: Double) -> Double { left + (right - left) * horizontal.share(value) }
  func y(_ value: Double) -> Double { bottom - (bottom - Self.top) * vertical.share(value) }
  func point(_ x: Double, _ y: Double) -> (Double, Double) { (self.x(x), self.y(y)) }

  /// Draws the axes.
  ///
  /// - `names`: Labels for values of the horizontal axis; nil for numbers at its ticks.
  func draw(
    in svg: inout SVG, horizontalTitle: String, verticalTitle: String, names: [(value: Double, name: String)]? = nil
  ) {
    for (value, label) in zip(vertical.ticks, vertical.labels) {
      svg.line((left, y(value)), (right, y(value)), style: "grid")
      svg.text(label, (left - 6, y(value) + 4), anchor: .end)
    }
    var free = -Double.infinity
    let labels = names ?? zip(horizontal.ticks, horizontal.labels).map { ($0, $1) }
    let room = names.map { (right - left) / Double(max(1, $0.count)) - 4 } ?? .infinity
    for (value, label) in labels {
      svg.line((x(value), bottom), (x(value), bottom + 4), style: "axis")
      // A label that would overlap the previous one is omitted; its tick remains.
      let shown = SVG.fitted(label, width: room)
      let half = SVG.width(of: shown) / 2
      guard x(value) - half > free, x(value) + half < ChartSize.width else { continue }
      free = x(value) + half + 6
      svg.text(shown, (x(value), bottom + 18), anchor: .middle, hint: shown == label ? "" : label)
    }
    svg.line((left, bottom), (right, bottom), style: "axis")
    svg.text(
      SVG.fitted(horizontalTitle, width: right - left), ((left + right) / 2, bottom + 38), anchor: .middle,
      style: "title")
    svg.text(
      SVG.fitted(verticalTitle, width: bottom - Self.top), (14, (Self.top + bottom) / 2), anchor: .middle,
      style: "title", isRotated: true)
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
