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
}
