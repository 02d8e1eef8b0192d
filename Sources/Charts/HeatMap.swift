/// A square table of counts; the larger a cell's fraction of its row, the darker its colour.
package struct HeatMap: Sendable {
  /// The maximum number of labels; larger tables are in the CSV file only.
  package static let maximumLabels = 40
  private static let labelLength = 14

  package var title: String
  package var rowTitle: String
  package var columnTitle: String
  package var labels: [String]
  /// The counts, [row][column].
  package var counts: [[Double]]

  package init(title: String, rowTitle: String, columnTitle: String, labels: [String], counts: [[Double]]) {
    self.title = title
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.labels = labels
    self.counts = counts
  }

  /// The SVG markup; empty with more than ``maximumLabels`` labels.
  package var markup: String {
    guard !labels.isEmpty, labels.count <= Self.maximumLabels, counts.count == labels.count else { return "" }
    let names = labels.map { SVG.shortened($0, Self.labelLength) }
    let widest = names.map(SVG.width).max() ?? 0
    let left = 34 + widest
    let cell = min(80, max(26, (PlotArea.width - left - 10) / Double(labels.count)))
    let numberRoom = Int(cell / 7)
    // Names wider than a cell are rotated.
    let isUpright = widest > cell - 4
    let top = 34 + (isUpright ? widest : 14)
    let rowHeight = min(cell, 44)
    var svg = SVG(
      width: max(left + cell * Double(labels.count) + 10, 260), height: top + rowHeight * Double(labels.count) + 10)
    svg.text(columnTitle, (left + cell * Double(labels.count) / 2, 14), anchor: .middle, style: "title")
    svg.text(
      rowTitle, (14, top + rowHeight * Double(labels.count) / 2), anchor: .middle, style: "title", isRotated: true)
    for (index, name) in names.enumerated() {
      let hint = labels[index] == name ? "" : labels[index]
      let x = left + cell * (Double(index) + 0.5)
      svg.text(
        name, (isUpright ? x + 4 : x, top - 6), anchor: isUpright ? .start : .middle, isRotated: isUpright, hint: hint)
      svg.text(name, (left - 6, top + rowHeight * (Double(index) + 0.5) + 4), anchor: .end, hint: hint)
    }
    for (row, values) in counts.enumerated() {
      let total = values.reduce(0, +)
      for (column, value) in values.enumerated() {
        let share = total > 0 ? value / total : 0
        let (x, y) = (left + cell * Double(column), top + rowHeight * Double(row))
        svg.box(
          x: x + 1, y: y + 1, width: cell - 2, height: rowHeight - 2,
          color: row == column ? "var(--right)" : "var(--wrong)", opacity: value == 0 ? 0.04 : 0.12 + 0.88 * share,
          hint: "actual \(labels[row]), predicted \(labels[column]): \(ChartNumber.text(value))")
        let text = ChartNumber.text(value)
        guard value > 0, text.count <= numberRoom else { continue }
        svg.text(
          text, (x + cell / 2, y + rowHeight / 2 + 4), anchor: .middle, style: share > 0.5 ? "cell strong" : "cell")
      }
    }
    return svg.markup(label: title)
  }
}
