/// The names of the series of a chart, in as many lines as they need.
struct Legend {
  private static let lineHeight = 19.0
  private static let (left, sample, gap) = (34.0, 22.0, 14.0)

  private let names: [String]
  private let places: [(x: Double, line: Int)]

  init(_ names: [String], width chartWidth: Double = ChartSize.width) {
    let room = chartWidth - Self.left - Self.sample - 8
    self.names = names.count > 1 ? names.map { SVG.fitted($0, width: room) } : []
    var (x, line) = (Self.left, 0)
    places = self.names.map { name in
      let width = Self.sample + 6 + SVG.width(of: name)
      if x > Self.left, x + width > chartWidth { (x, line) = (Self.left, line + 1) }
      defer { x += width + Self.gap }
      return (x, line)
    }
  }

  /// The height of all lines; 0 for a single series.
  var height: Double { places.last.map { Double($0.line + 1) * Self.lineHeight } ?? 0 }

  /// - `top`: The upper edge.
  /// - `draw`: Draws the sample of a series between two points.
  func draw(in svg: inout SVG, top: Double, sample draw: (inout SVG, Int, (Double, Double), (Double, Double)) -> Void) {
    for (index, (name, place)) in zip(names, places).enumerated() {
      let y = top + Double(place.line) * Self.lineHeight + 9
      draw(&svg, index, (place.x, y), (place.x + Self.sample, y))
      svg.text(name, (place.x + Self.sample + 6, y + 4))
    }
  }
}
