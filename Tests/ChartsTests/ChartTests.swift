import Charts
import Foundation
import Testing

@Suite("Bars, histograms, scatter plots and heat maps")
struct ChartTests {
  private func count(_ tag: String, in markup: String) -> Int { markup.components(separatedBy: "<\(tag) ").count - 1 }

  @Test("bar lengths are proportional to values; names are escaped and truncated")
  func bars() throws {
    let markup = BarChart(
      title: "<importances>", bars: [("a & b", 2), ("quarter of it", 0.5), (String(repeating: "n", count: 60), 1)]
    ).markup
    let widths = markup.matches(of: /<rect [^>]*width="([0-9.]+)"/).compactMap { Double($0.output.1) }
    try #require(widths.count == 3)
    #expect(abs(widths[1] / widths[0] - 0.25) < 0.01 && abs(widths[2] / widths[0] - 0.5) < 0.01)
    #expect(markup.contains("a &amp; b") && markup.contains("aria-label=\"&lt;importances&gt;\""))
    // The tooltip has the full name.
    #expect(markup.contains("…") && markup.contains("<title>\(String(repeating: "n", count: 60))"))
  }

  @Test("charts without data have no markup")
  func empty() {
    #expect(BarChart(title: "", bars: [("a", .nan), ("b", 0)]).markup.isEmpty)
    #expect(HistogramChart(title: "", horizontalTitle: "", values: [.nan]).markup.isEmpty)
    #expect(ScatterChart(title: "", horizontalTitle: "", verticalTitle: "", points: [(1, .infinity)]).markup.isEmpty)
    #expect(HeatMap(title: "", rowTitle: "", columnTitle: "", labels: [], counts: []).markup.isEmpty)
    let many = (0...HeatMap.maximumLabels).map(String.init)
    let counts = many.map { _ in many.map { _ in 1.0 } }
    #expect(HeatMap(title: "", rowTitle: "", columnTitle: "", labels: many, counts: counts).markup.isEmpty)
  }

  @Test("a histogram counts every value once")
  func histogram() {
    let values = (0..<1000).map { Double($0 % 100) }
    let markup = HistogramChart(title: "h", horizontalTitle: "p", values: values).markup
    let rows = markup.matches(of: /: ([0-9]+) rows</).compactMap { Int($0.output.1) }
    #expect(rows.reduce(0, +) == 1000)
  }

  @Test("a histogram of one value has one column")
  func constant() {
    let markup = HistogramChart(title: "h", horizontalTitle: "p", values: [3, 3, 3]).markup
    #expect(markup.matches(of: /: 3 rows</).count == 1)
  }

  @Test("a scatter plot has a dot for each finite point, and a line at its level")
  func scatter() {
    let chart = ScatterChart(
      title: "r", horizontalTitle: "x", verticalTitle: "y", points: [(0, 1), (1, 2), (2, .nan)], level: 0)
    #expect(count("circle", in: chart.markup) == 2)
    #expect(chart.markup.contains("class=\"chance\""))
  }

  @Test("each cell of a heat map has a tooltip with its count")
  func heatMap() {
    let markup = HeatMap(
      title: "m", rowTitle: "actual", columnTitle: "predicted", labels: ["a", "b"], counts: [[3, 1], [0, 0]]
    ).markup
    #expect(markup.contains("actual a, predicted b: 1") && count("rect", in: markup) == 4)
  }

  @Test(
    "numbers of any size are drawn; no axis traps or loops forever",
    arguments: [
      [-1.7e308, 1.7e308], [0, .leastNonzeroMagnitude], [1, 1 + 2.3e-16], [1e16, 1e16 + 2], [-0.0, 0], [1e300, 1e-300],
    ] as [[Double]])
  func extremes(_ values: [Double]) {
    let points = values.enumerated().map { (x: Double($0.offset), y: $0.element) }
    for markup in [
      HistogramChart(title: "h", horizontalTitle: "v", values: values).markup,
      ScatterChart(title: "s", horizontalTitle: "x", verticalTitle: "y", points: points).markup,
      LineChart(
        title: "l", horizontalTitle: "x", verticalTitle: "y", series: [.init(name: "a", points: points)]
      ).markup,
    ] {
      #expect(!markup.contains("nan") && !markup.contains("inf"))
    }
  }

  @Test(
    "numbers are formatted for reading",
    arguments: [
      (0.0, "0"), (1234.5, "1235"), (0.123456, "0.1235"), (-2.5, "-2.5"), (1e7, "1e7"), (1.23456e-5, "1.23e-5"),
      (.nan, "–"), (.infinity, "–"), (0.0001, "0.0001"),
    ] as [(Double, String)])
  func numbers(_ value: Double, _ text: String) { #expect(ChartNumber.text(value) == text) }
}
