/// The frame of a chart: axes with ticks and titles, and a grid; converts values to positions.
struct PlotArea {
  static let width = 640.0
  static let height = 340.0
  private static let (top, right, bottom) = (16.0, 20.0, 52.0)

  private let horizontal: Axis
  private let vertical: Axis
  private let left: Double
  private let height: Double

  init(horizontal: Axis, vertical: Axis, height: Double = height) {
    self.horizontal = horizontal
    self.vertical = vertical
    self.height = height
    left = 34 + (vertical.labels.map(SVG.width).max() ?? 0)
  }

  private var right: Double { Self.width - Self.right }
  private var bottom: Double { height - Self.bottom }

  func x(_ value: Double) -> Double { left + (right - left) * horizontal.share(value) }
  func y(_ value: Double) -> Double { bottom - (bottom - Self.top) * vertical.share(value) }
  func point(_ x: Double, _ y: Double) -> (Double, Double) { (self.x(x), self.y(y)) }

  func draw(in svg: inout SVG, horizontalTitle: String, verticalTitle: String) {
    for (value, label) in zip(vertical.ticks, vertical.labels) {
      svg.line((left, y(value)), (right, y(value)), style: "grid")
      svg.text(label, (left - 6, y(value) + 4), anchor: .end)
    }
    var free = -Double.infinity
    for (value, label) in zip(horizontal.ticks, horizontal.labels) {
      svg.line((x(value), bottom), (x(value), bottom + 4), style: "axis")
      // A label that would overlap the previous one is omitted; its tick remains.
      let half = SVG.width(of: label) / 2
      guard x(value) - half > free else { continue }
      free = x(value) + half + 6
      svg.text(label, (x(value), bottom + 18), anchor: .middle)
    }
    svg.line((left, bottom), (right, bottom), style: "axis")
    svg.text(horizontalTitle, ((left + right) / 2, bottom + 40), anchor: .middle, style: "title")
    svg.text(verticalTitle, (14, (Self.top + bottom) / 2), anchor: .middle, style: "title", isRotated: true)
  }

  /// Draws a vertical line at the mark, with its label at the top, on the side with more room.
  func draw(_ mark: LineChart.Mark, in svg: inout SVG) {
    let x = x(mark.x)
    svg.line((x, Self.top), (x, bottom), style: "chance")
    let isRight = x > (left + right) / 2
    let room = (isRight ? x - left : right - x) - 12
    var label = mark.label
    while label.count > 1, SVG.width(of: label) > room { label = SVG.shortened(label, label.count - 1) }
    svg.text(label, (isRight ? x - 6 : x + 6, Self.top + 12), anchor: isRight ? .end : .start, hint: mark.label)
  }
}
