import Charts
import Foundation
import Testing

@Suite("Bars, histograms, scatter plots and heat maps")
struct ChartTests {
  private func count(_ tag: String, in markup: String) -> Int { markup.components(separatedBy: "<\(tag) ").count - 1 }

  @Test("bar lengths are proportional to values; names are escaped and shortened")
  func bars() throws {
    let markup = BarChart(
      title: "<importances>",
      bars: [
        .init(name: "a & b", value: 2), .init(name: "quarter of it", value: 0.5, isPart: true),
        .init(name: String(repeating: "n", count: 60), value: 1),
      ]
    ).markup
    let widths = markup.matches(of: /<rect [^>]*width="([0-9.]+)"/).compactMap { Double($0.output.1) }
    try #require(widths.count == 3)
    #expect(abs(widths[1] / widths[0] - 0.25) < 0.01 && abs(widths[2] / widths[0] - 0.5) < 0.01)
    #expect(
      markup.contains("a &amp; b")
        && markup.contains("aria-label=\"&lt;importances&gt;. a &amp; b: 2; quarter of it: 0.5; "))
    // The tooltip has the full name.
    #expect(markup.contains("…") && markup.contains("<title>\(String(repeating: "n", count: 60))"))
  }

  @Test("long names keep both ends, so that those with a common beginning differ")
  func shortened() {
    let names = (1...3).map { "a very long level name of a categorical column number \($0)" }
    let bars = BarChart(title: "b", bars: names.map { .init(name: $0, value: 1) }).markup
    let groups = GroupChart(
      title: "g", horizontalTitle: "level", verticalTitle: "mean", groups: names,
      points: names.indices.map { .init(group: $0, value: Double($0), name: names[$0]) }
    ).markup
    for markup in [bars, groups] {
      let shown = markup.matches(of: />(a [^<]*…[^<]*)</).map { String($0.1) }
      #expect(shown.count == 3 && Set(shown).count == 3, "\(shown)")
      #expect(shown.allSatisfy { $0.count >= 14 } && shown[2].hasSuffix("umber 3"), "\(shown)")
    }
  }

  @Test("names of groups that are wider than their places read from bottom to top, with more room below the axis")
  func upright() throws {
    func chart(_ groups: [String]) -> String {
      GroupChart(
        title: "g", horizontalTitle: "level", verticalTitle: "mean", groups: groups,
        points: groups.indices.map { .init(group: $0, value: Double($0), name: groups[$0]) }
      ).markup
    }
    let short = chart((1...5).map { "\($0)" })
    #expect(short.contains("viewBox=\"0 0 440 280\"") && !short.contains(/text-anchor="end"[^>]*rotate/))
    let long = chart((1...15).map { "level number \($0)" })
    #expect(long.matches(of: /text-anchor="end"[^>]*rotate[^>]*>level number [0-9]+</).count == 15)
    let height = try #require(long.firstMatch(of: /viewBox="0 0 440 ([0-9.]+)"/)).1
    #expect(try #require(Double(height)) > 330)
  }

  @Test("the large dots of a chart of groups are drawn behind the small ones where both must be seen")
  func behind() {
    var chart = GroupChart(
      title: "g", horizontalTitle: "l", verticalTitle: "m", groups: ["a"],
      points: [.init(group: 0, value: 1, name: "small"), .init(group: 0, value: 1, name: "large", isBest: true)])
    func order() -> [String] { chart.markup.matches(of: /<title>(small|large): 1</).map { String($0.1) } }
    #expect(order() == ["small", "large"])
    chart.drawsBestBehind = true
    #expect(order() == ["large", "small"])
  }

  @Test("a bar with an interval leaves room for it and says its ends")
  func intervals() throws {
    let markup = BarChart(
      title: "loss",
      bars: [.init(name: "a", value: 1, interval: 0.5...2), .init(name: "b", value: -1, interval: -2...0)]
    ).markup
    let widths = markup.matches(of: /<rect [^>]*width="([0-9.]+)"/).compactMap { Double($0.output.1) }
    try #require(widths.count == 2)
    #expect(widths[0] < 0.5 * 440 && widths[1] == 0)
    #expect(markup.contains("a: 1 (0.5 to 2); b: -1 (-2 to 0)"))
    #expect(count("line", in: markup) == 6)
  }

  @Test("a swarm draws every point, low and high ones in other colours, and says the trend")
  func swarm() {
    let points = (0..<50).map { SwarmChart.Point(value: Double($0 % 10) / 10, place: Double($0 % 10) / 9) }
    let markup = SwarmChart(
      title: "contributions", horizontalTitle: "contribution", colorTitle: "value",
      lines: [
        .init(name: "x < 1", points: points + [.init(value: -1, place: .nan)]),
        .init(name: "empty", points: [.init(value: .infinity, place: 0)]),
      ]
    ).markup
    let dots = markup.matches(of: /M[0-9.]+ [0-9.]+h0/).count
    // 51 points, and the legend: five colours and the missing values.
    #expect(dots == 57)
    #expect(markup.contains("x &lt; 1") && markup.contains("missing") && !markup.contains("empty"))
    #expect(markup.contains("larger for high values") && markup.contains("from -1 to 0.9"))
    #expect(SwarmChart(title: "", horizontalTitle: "", colorTitle: "", lines: []).markup.isEmpty)
  }

  @Test("a chart of rungs has a line per model that continued, and says how many did")
  func rungs() {
    let lines: [RungChart.Line] = [
      .init(name: "m1", values: [0.5, 0.4], isChosen: true), .init(name: "m2", values: [0.6, 0.45]),
      .init(name: "m3", values: [0.7]), .init(name: "m4", values: [900]), .init(name: "m5", values: [.nan]),
    ]
    func chart(_ lines: [RungChart.Line]) -> String {
      RungChart(
        title: "loss by rung", verticalTitle: "loss", rungs: ["1 epoch", "3 epochs"], lines: lines, moreIsBetter: false
      ).markup
    }
    let markup = chart(lines)
    #expect(count("polyline", in: markup) == 2 && count("circle", in: markup) == 6)
    #expect(
      markup.contains("1 epoch: 4 models from 0.5 to 900, 2 of them continue. 3 epochs: 2 models from 0.4 to 0.45."))
    #expect(markup.contains("The chosen model m1: 0.5, 0.4."))
    // The diverged model is drawn at the edge.
    #expect(markup.contains("m4, 1 epoch: 900") && !markup.contains(">800<"))
    #expect(chart([]).isEmpty)
    let many = (0..<400).map { RungChart.Line(name: "m\($0)", values: [Double($0)]) } + [lines[0]]
    #expect(count("circle", in: chart(many)) == 2)
  }

  @Test("charts without data have no markup")
  func empty() {
    #expect(BarChart(title: "", bars: [.init(name: "a", value: .nan), .init(name: "b", value: 0)]).markup.isEmpty)
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

  @Test("a scatter plot has a dot for each finite point, and its reference line")
  func scatter() throws {
    var chart = ScatterChart(
      title: "r", horizontalTitle: "x", verticalTitle: "y", points: [(0, 0), (1, 2), (2, .nan)], reference: .level(0))
    let dots = try #require(chart.markup.firstMatch(of: /<path d="([^"]*)"/)).1
    #expect(dots.count { $0 == "M" } == 2)
    #expect(chart.markup.contains("class=\"chance\""))
    #expect(chart.markup.contains("2 points. x from 0 to 1. y from 0 to 2. Correlation 1."))
    chart.reference = .diagonal
    #expect(count("line", in: chart.markup) > 0 && chart.markup.contains("class=\"chance\""))
    chart.reference = nil
    #expect(!chart.markup.contains("class=\"chance\""))
  }

  @Test("columns of several series stand side by side; their heights are proportional to the values")
  func columns() throws {
    let markup = ColumnChart(
      title: "c", horizontalTitle: "p", verticalTitle: "rows", bounds: [0, 0.5, 1],
      series: [.init(name: "no", values: [4, 1]), .init(name: "yes", values: [0, 2])]
    ).markup
    let boxes = markup.matches(of: /<rect x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)" height="([0-9.]+)"/).map {
      (x: Double($0.1) ?? .nan, width: Double($0.2) ?? .nan, height: Double($0.3) ?? .nan)
    }
    // Three columns and two samples in the legend.
    try #require(boxes.count == 5)
    #expect(abs(boxes[0].height / boxes[2].height - 2) < 0.02 && abs(boxes[0].height / boxes[1].height - 4) < 0.05)
    #expect(abs(boxes[2].x - boxes[1].x - boxes[1].width) < 0.2)
    #expect(markup.contains("yes: 0.5 to 1: 2."))
  }

  @Test("names of a heat map are whole where there is room, and the description has every count")
  func names() {
    let labels = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"]
    let map = HeatMap(
      title: "m", rowTitle: "actual", columnTitle: "predicted", labels: labels,
      counts: [[9, 0, 0], [0, 8, 1], [0, 0, 7]])
    for label in labels { #expect(map.markup.components(separatedBy: ">\(label)<").count == 3) }
    #expect(!map.markup.contains("…"))
    #expect(map.markup.contains("actual Iris-versicolor: predicted 8 as Iris-versicolor; 1 as Iris-virginica."))
  }

  @Test("a search has a line per model, and a dot per model and value; the best is last and drawn on top")
  func search() throws {
    let lines: [ParallelChart.Line] = [
      .init(name: "first", places: [0, 1], isBest: true), .init(name: "second", places: [1, 0]),
    ]
    let parallel = ParallelChart(
      title: "s", dimensions: [.init(name: "l1", labels: ["0", "0.1"]), .init(name: "AUC", labels: ["0.5", "0.9"])],
      lines: lines
    ).markup
    #expect(parallel.components(separatedBy: "<polyline ").count == 3)
    let order = parallel.matches(of: /<title>(first|second)<\/title>/).map { String($0.1) }
    #expect(order == ["second", "first"])
    #expect(parallel.contains("The best: first."))
    let groups = GroupChart(
      title: "g", horizontalTitle: "l1", verticalTitle: "AUC", groups: ["0", "0.1"],
      points: [.init(group: 0, value: 0.9, name: "a", isBest: true), .init(group: 1, value: 0.5, name: "b")]
    ).markup
    #expect(count("circle", in: groups) == 2 && groups.contains("0: 0.9; 0.1: 0.5"))
    #expect(ParallelChart(title: "", dimensions: [.init(name: "a", labels: ["1"])], lines: []).markup.isEmpty)
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
