/// The distribution of values, with one column per interval.
package struct HistogramChart: Sendable {
  private static let columns = 40

  package var title: String
  package var horizontalTitle: String
  package var values: [Double]

  package init(title: String, horizontalTitle: String, values: [Double]) {
    self.title = title
    self.horizontalTitle = horizontalTitle
    self.values = values.filter(Axis.holds)
  }

  /// The SVG markup; empty without values.
  package var markup: String {
    guard let smallest = values.min(), let largest = values.max() else { return "" }
    let distance = (largest - smallest) / Double(Self.columns)
    let width = distance > 0 ? distance : 1
    var counts = [Double](repeating: 0, count: Self.columns)
    for value in values { counts[min(Self.columns - 1, Int((value - smallest) / width))] += 1 }
    return ColumnChart(
      title: title, horizontalTitle: horizontalTitle, verticalTitle: "rows",
      bounds: (0...Self.columns).map { smallest + width * Double($0) }, series: [.init(name: "rows", values: counts)]
    ).markup
  }
}
