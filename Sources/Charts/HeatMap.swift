/// A square table of counts; the larger a cell's fraction of its row, the darker its colour.
package struct HeatMap: Sendable {
  /// The maximum number of labels; larger tables are in the CSV file only.
  package static let maximumLabels = 40
  /// The largest width of labels; longer ones are shortened in the middle.
  private static let labelRoom = 150.0
  private static let (smallestCell, largestCell, rowHeight) = (26.0, 130.0, 40.0)
  /// The opacity of a cell with all rows of its class: text stays readable on it.
  private static let fullOpacity = 0.55

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

  /// The places of the cells.
  private struct Grid {
    let (left, top, cell, height): (Double, Double, Double, Double)
    let names: [String]
    let areNamesUpright: Bool

    init(_ labels: [String]) {
      names = labels.map { SVG.fitted($0, width: HeatMap.labelRoom) }
      let widest = names.map(SVG.width).max() ?? 0
      left = 34 + widest
      cell = min(
        HeatMap.largestCell, max(HeatMap.smallestCell, (ChartSize.width - left - 8) / Double(labels.count)))
      // Names wider than a cell are rotated.
      areNamesUpright = widest > cell - 4
      top = 30 + (areNamesUpright ? widest : 14)
      height = min(cell, HeatMap.rowHeight)
    }

    var right: Double { left + cell * Double(names.count) }
    var bottom: Double { top + height * Double(names.count) }
  }

  /// The SVG markup; empty with more than ``maximumLabels`` labels.
  package var markup: String {
    guard !labels.isEmpty, labels.count <= Self.maximumLabels, counts.count == labels.count else { return "" }
    let grid = Grid(labels)
    var svg = SVG(width: max(grid.right + 8, ChartSize.width), height: grid.bottom + 10)
    drawNames(in: &svg, grid)
    for (row, values) in counts.enumerated() {
      let total = values.reduce(0, +)
      for (column, value) in values.enumerated() {
        draw(value, share: total > 0 ? value / total : 0, row, column, in: &svg, grid)
      }
    }
    return svg.markup(label: title, description: words)
  }

  private func drawNames(in svg: inout SVG, _ grid: Grid) {
    svg.text(columnTitle, ((grid.left + grid.right) / 2, 14), anchor: .middle, style: "title")
    svg.text(rowTitle, (14, (grid.top + grid.bottom) / 2), anchor: .middle, style: "title", isRotated: true)
    for (index, name) in grid.names.enumerated() {
      let hint = labels[index] == name ? "" : labels[index]
      let x = grid.left + grid.cell * (Double(index) + 0.5)
      svg.text(
        name, (grid.areNamesUpright ? x + 4 : x, grid.top - 6), anchor: grid.areNamesUpright ? .start : .middle,
        isRotated: grid.areNamesUpright, hint: hint)
      svg.text(name, (grid.left - 6, grid.top + grid.height * (Double(index) + 0.5) + 4), anchor: .end, hint: hint)
    }
  }

  private func draw(
    _ value: Double, share: Double, _ row: Int, _ column: Int, in svg: inout SVG, _ grid: Grid
  ) {
    let (x, y) = (grid.left + grid.cell * Double(column), grid.top + grid.height * Double(row))
    svg.box(
      x: x + 1, y: y + 1, width: grid.cell - 2, height: grid.height - 2,
      color: row == column ? "var(--right)" : "var(--wrong)",
      opacity: value == 0 ? 0.04 : 0.1 + (Self.fullOpacity - 0.1) * share,
      hint: "actual \(labels[row]), predicted \(labels[column]): \(ChartNumber.text(value))")
    let text = ChartNumber.text(value)
    guard value > 0, SVG.width(of: text) <= grid.cell - 2 else { return }
    svg.text(text, (x + grid.cell / 2, y + grid.height / 2 + 4), anchor: .middle, style: "cell")
  }

  /// The cells of each row that hold something, as text.
  private var words: String {
    ChartText.sentences(
      zip(labels, counts).prefix(ChartText.listed).map { label, values in
        let cells = values.indices.filter { values[$0] > 0 }.map { "\(ChartNumber.text(values[$0])) as \(labels[$0])" }
        return "\(rowTitle) \(label): \(columnTitle) " + (cells.isEmpty ? "none" : ChartText.list(cells))
      })
  }
}
