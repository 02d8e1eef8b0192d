import Charts
import Testing

@Suite("Line charts")
struct LineChartTests {
  private var chart: LineChart {
    LineChart(
      title: "loss", horizontalTitle: "epochs", verticalTitle: "loss",
      series: [.init(name: "training", points: (0...10).map { (Double($0), 1 / Double($0 + 1)) })])
  }

  /// Returns the position of the dashed line, and the position and anchor of its label.
  private func mark(_ markup: String) throws -> (line: Double, text: Double, anchor: String) {
    let line = try #require(
      markup.firstMatch(of: /<line x1="([0-9.]+)" y1="[0-9.]+" x2="([0-9.]+)" y2="[0-9.]+" class="chance"\/>/))
    let text = try #require(markup.firstMatch(of: /<text x="([0-9.]+)" y="[0-9.]+" text-anchor="(\w+)">delivered/))
    #expect(line.1 == line.2)
    return (try #require(Double(line.1)), try #require(Double(text.1)), String(text.2))
  }

  @Test("a mark has a line, and a label on the side with more room")
  func marked() throws {
    #expect(!chart.markup.contains("chance"))
    var (left, right) = (chart, chart)
    left.marked = .init(x: 2, label: "delivered: epoch 2")
    right.marked = .init(x: 9, label: "delivered: epoch 9")
    let (first, second) = (try mark(left.markup), try mark(right.markup))
    #expect(first.line < second.line)
    #expect(first.text > first.line && first.anchor == "start")
    #expect(second.text < second.line && second.anchor == "end")
  }

  @Test("a mark beyond the points widens the axis; a NaN mark is omitted")
  func beyond() throws {
    var chart = chart
    chart.marked = .init(x: 40, label: "delivered: epoch 40")
    #expect(try mark(chart.markup).line <= 640)
    #expect(chart.markup.contains(">40</text>"))
    chart.marked = .init(x: .nan, label: "delivered")
    #expect(chart.markup == self.chart.markup)
  }

  @Test("a long curve is thinned without losing an extreme, its ends, or the delivered point")
  func thinned() throws {
    var points = (0..<20_000).map { (x: Double($0), y: 1 + 0.1 * Double($0 % 7)) }
    (points[4_321].y, points[12_345].y) = (9, -5)
    var chart = LineChart(
      title: "loss", horizontalTitle: "epochs", verticalTitle: "loss",
      series: [.init(name: "training", points: points, markedValue: 1)]
    )
    chart.marked = .init(x: 777, label: "delivered: epoch 777")
    let markup = chart.markup
    let drawn = try #require(markup.firstMatch(of: /<polyline points="([^"]*)"/)).1.split(separator: " ").map { pair in
      pair.split(separator: ",").compactMap { Double($0) }
    }
    #expect(drawn.count <= 600 && drawn.count >= 150)
    let heights = drawn.map { $0[1] }
    // The highest and the lowest value are far from all others on the vertical axis.
    let sorted = heights.sorted()
    #expect(sorted[1] - sorted[0] > 50 && sorted[sorted.count - 1] - sorted[sorted.count - 2] > 50)
    #expect(drawn.first?[0] == drawn.map { $0[0] }.min() && drawn.last?[0] == drawn.map { $0[0] }.max())
    #expect(markup.contains("<title>training, delivered: epoch 777: 1</title>"))
    #expect(markup.contains("delivered: epoch 777: training 1."))
    #expect(markup.contains("smallest -5 at 12345, largest 9 at 4321"))
    #expect(markup.utf8.count < 20_000)
  }

  @Test("the mark of a series is at its own value, wherever the curve is; a series without one has none")
  func ownValue() throws {
    var chart = LineChart(
      title: "loss", horizontalTitle: "epochs", verticalTitle: "loss",
      series: [
        .init(name: "training", points: [(49, 0.6), (52, 0.5)], markedValue: 0.4),
        .init(name: "validation", points: [(49, 0.7), (52, 0.8)], markedValue: .nan),
      ])
    #expect(!chart.isApart && !chart.markup.contains("delivered"))
    chart.marked = .init(x: 50, label: "delivered: epoch 50")
    #expect(chart.isApart)
    let markup = chart.markup
    let dots = markup.matches(of: /cy="([0-9.]+)" r="4.5"[^>]*><title>([^<]*)</)
    #expect(dots.map { String($0.2) } == ["training, delivered: epoch 50: 0.4"])
    // The ticks tell which height belongs to 0.4; text is 4 pixels below its tick.
    let tick = try #require(markup.firstMatch(of: /y="([0-9.]+)" text-anchor="end">0.4</))
    let (dot, text) = (try #require(Double(dots[0].1)), try #require(Double(tick.1)))
    #expect(abs(dot - (text - 4)) < 0.2)
    chart.marked = .init(x: 49, label: "delivered: epoch 49")
    chart.series = [.init(name: "training", points: [(49, 0.6), (52, 0.5)], markedValue: 0.6)]
    #expect(!chart.isApart)
  }

  @Test("a wide drawing is as high as another one, but fills a large screen")
  func wide() throws {
    var chart = chart
    func size() throws -> [Substring] {
      let found = try #require(chart.markup.firstMatch(of: /viewBox="0 0 ([0-9]+) ([0-9]+)"/))
      return [found.1, found.2]
    }
    #expect(try size() == ["440", "280"])
    chart.isWide = true
    #expect(try size() == ["1100", "280"])
    #expect(chart.markup.contains(">10</text>"))
  }

  @Test("a mean of networks is marked as a range; lines differ in dashes, not in colours alone")
  func range() {
    var chart = chart
    chart.series.append(.init(name: "validation", points: [(0, 1), (10, 0.5)]))
    chart.marked = .init(x: 9, from: 4, label: "delivered: mean of epochs 4 to 9")
    #expect(chart.markup.contains("fill-opacity:15%"))
    #expect(chart.markup.contains("stroke:var(--series-2);stroke-dasharray:7 3"))
    #expect(chart.markup.contains("validation: from 1 at 0 to 0.5 at 10"))
  }
}
