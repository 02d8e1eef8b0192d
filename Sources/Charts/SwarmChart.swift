/// One line of points per name over a common axis through zero; equal values stand above each other.
///
/// The colour of a point shows its place in an order of its own, from low to high.
package struct SwarmChart: Sendable {
  package struct Point: Sendable {
    let value: Double
    /// From 0 to 1; NaN for none.
    let place: Double

    package init(value: Double, place: Double) {
      self.value = value
      self.place = place
    }
  }

  package struct Line: Sendable {
    let name: String
    let points: [Point]

    package init(name: String, points: [Point]) {
      self.name = name
      self.points = points.filter { Axis.holds($0.value) }
    }
  }

  private static let lineHeight = 34.0
  private static let (top, bottom, right) = (6.0, 62.0, 12.0)
  /// The largest width of names; longer ones are shortened in the middle.
  private static let nameRoom = ChartSize.width * 0.4
  /// The width of a point, and the distance of points above each other.
  private static let (dot, step) = (5.0, 3.0)
  /// The number of colours from low to high.
  private static let colors = 5

  package var title: String
  package var horizontalTitle: String
  /// The words for the ends of the colours.
  package var colorTitle: String
  package var lines: [Line]

  package init(title: String, horizontalTitle: String, colorTitle: String, lines: [Line]) {
    self.title = title
    self.horizontalTitle = horizontalTitle
    self.colorTitle = colorTitle
    self.lines = lines.filter { !$0.points.isEmpty }
  }

  /// The SVG markup; empty without points.
  package var markup: String {
    guard !lines.isEmpty else { return "" }
    let axis = Axis(lines.flatMap { $0.points.map(\.value) } + [0], count: 5)
    let names = lines.map { SVG.fitted($0.name, width: Self.nameRoom) }
    let left = 14 + (names.map(SVG.width).max() ?? 0)
    func x(_ value: Double) -> Double { left + (ChartSize.width - Self.right - left) * axis.share(value) }
    let bottom = Self.top + Self.lineHeight * Double(lines.count)
    var svg = SVG(width: ChartSize.width, height: bottom + Self.bottom)
    var free = -Double.infinity
    for (tick, label) in zip(axis.ticks, axis.labels) {
      svg.line((x(tick), Self.top), (x(tick), bottom), style: abs(tick) < 1e-12 ? "axis" : "grid")
      let half = SVG.width(of: label) / 2
      guard x(tick) - half > free, x(tick) + half < ChartSize.width else { continue }
      free = x(tick) + half + 6
      svg.text(label, (x(tick), bottom + 16), anchor: .middle)
    }
    for (index, (line, name)) in zip(lines, names).enumerated() {
      let middle = Self.top + Self.lineHeight * (Double(index) + 0.5)
      svg.text(name, (left - 8, middle + 4), anchor: .end, style: "title", hint: name == line.name ? "" : line.name)
      draw(line, middle: middle, in: &svg, x)
    }
    svg.text(
      SVG.fitted(horizontalTitle, width: ChartSize.width - left), ((left + ChartSize.width) / 2, bottom + 34),
      anchor: .middle, style: "title")
    drawColors(in: &svg, left: left, y: bottom + 54)
    return svg.markup(
      label: title, description: ChartText.sentences(["\(horizontalTitle) by row"] + lines.map(words)))
  }

  /// Draws the points, those with about the same value around the middle of the line.
  private func draw(_ line: Line, middle: Double, in svg: inout SVG, _ x: (Double) -> Double) {
    var stacked: [Int: Int] = [:]
    var places: [Int: [(Double, Double)]] = [:]
    for point in line.points {
      let column = Int((x(point.value) / Self.step).rounded())
      let height = stacked[column, default: 0]
      stacked[column] = height + 1
      // 0, 1, -1, 2, -2 ..., folded back where the line has no more room.
      let limit = Int((Self.lineHeight / 2 - Self.dot / 2) / Self.step)
      let level = ((height + 1) / 2 % (limit + 1)) * (height % 2 == 0 ? -1 : 1)
      places[Self.color(point.place), default: []].append((x(point.value), middle + Double(level) * Self.step))
    }
    for (color, points) in places.sorted(by: { $0.key < $1.key }) {
      svg.dots(points, radius: Self.dot / 2, color: Self.style(color))
    }
  }

  private func drawColors(in svg: inout SVG, left: Double, y: Double) {
    let low = "low"
    svg.text(colorTitle + ": " + low, (4, y))
    var place = 4 + SVG.width(of: colorTitle + ": " + low) + 8
    for color in 0..<Self.colors {
      svg.dots([(place, y - 4)], radius: Self.dot, color: Self.style(color))
      place += 3 * Self.dot
    }
    svg.text("high", (place, y))
    guard lines.contains(where: { $0.points.contains { $0.place.isNaN } }) else { return }
    place += SVG.width(of: "high") + 16
    svg.dots([(place, y - 4)], radius: Self.dot, color: Self.style(-1))
    svg.text("missing", (place + 8, y))
  }

  /// Returns the index of a colour; -1 for points without a place.
  private static func color(_ place: Double) -> Int {
    place.isNaN ? -1 : min(colors - 1, max(0, Int(place * Double(colors))))
  }

  private static func style(_ color: Int) -> String {
    guard color >= 0 else { return "var(--muted)" }
    return "color-mix(in srgb, var(--series-2) \(100 * color / (colors - 1))%, var(--series-1))"
  }

  /// Returns the range of a line, and whether high places go with high values.
  private func words(_ line: Line) -> String {
    let values = line.points.map(\.value)
    let mean = values.reduce(0) { $0 + abs($1) } / Double(values.count)
    let placed = line.points.filter { !$0.place.isNaN }
    let high = placed.filter { $0.place > 0.5 }.map(\.value)
    let low = placed.filter { $0.place <= 0.5 }.map(\.value)
    var trend = ""
    if !high.isEmpty, !low.isEmpty {
      let difference = high.reduce(0, +) / Double(high.count) - low.reduce(0, +) / Double(low.count)
      trend = difference > 0 ? "; larger for high values" : difference < 0 ? "; smaller for high values" : ""
    }
    return
      "\(line.name): mean distance from 0 \(ChartNumber.text(mean)), from \(ChartNumber.text(values.min() ?? 0)) to "
      + "\(ChartNumber.text(values.max() ?? 0))\(trend)"
  }
}
