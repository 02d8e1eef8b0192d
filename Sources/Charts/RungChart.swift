internal import Wording

/// A search that stops models early: a line per model from rung to rung, as far as it came.
package struct RungChart: Sendable {
  package struct Line: Sendable {
    let name: String
    /// The value at each rung that the model has reached.
    let values: [Double]
    let isChosen: Bool

    package init(name: String, values: [Double], isChosen: Bool = false) {
      self.name = name
      self.values = values
      self.isChosen = isChosen
    }
  }

  /// The models up to which those that stopped at the first rung have names; more names would make the page slow.
  private static let namedLines = 300
  /// How far beyond the median values are drawn in their place, as a multiple of its distance from the best.
  private static let shownSpread = 4.0

  package var title: String
  package var verticalTitle: String
  package var rungs: [String]
  package var lines: [Line]
  package var moreIsBetter: Bool

  /// - `rungs`: The names of the rungs, the lowest first.
  package init(title: String, verticalTitle: String, rungs: [String], lines: [Line], moreIsBetter: Bool) {
    self.title = title
    self.verticalTitle = verticalTitle
    self.rungs = rungs
    self.moreIsBetter = moreIsBetter
    self.lines = lines.filter { line in
      !line.values.isEmpty && line.values.count <= rungs.count && line.values.allSatisfy(Axis.holds)
    }
  }

  /// The SVG markup; empty without lines.
  package var markup: String {
    guard !lines.isEmpty else { return "" }
    let limit = limit
    func shown(_ value: Double) -> Double { moreIsBetter ? max(value, limit) : min(value, limit) }
    let area = PlotArea(
      horizontal: Axis(from: -0.5, to: Double(rungs.count) - 0.5), vertical: Axis(lines.flatMap(\.values).map(shown)),
      names: rungs.enumerated().map { (Double($0), $1) })
    var svg = SVG(width: ChartSize.width, height: area.height)
    area.draw(in: &svg, horizontalTitle: "rung", verticalTitle: verticalTitle)
    func place(_ line: Line, _ rung: Int) -> (Double, Double) { area.point(Double(rung), shown(line.values[rung])) }
    let stopped = lines.filter { $0.values.count == 1 && !$0.isChosen }
    let areNamed = lines.count <= Self.namedLines
    let faint = "color-mix(in srgb, var(--series-1) 45%, transparent)"
    if !areNamed { svg.dots(stopped.map { place($0, 0) }, radius: 2.5, color: faint) }
    for line in lines.sorted(by: { !$0.isChosen && $1.isChosen })
    where areNamed || line.values.count > 1 || line.isChosen {
      let color = line.isChosen ? "var(--series-2)" : faint
      if line.values.count > 1 {
        svg.path(
          line.values.indices.map { place(line, $0) }, style: line.isChosen ? "curve best" : "curve", color: color,
          hint: line.name)
      }
      for (rung, value) in line.values.enumerated() {
        svg.dot(
          place(line, rung), radius: line.isChosen ? 5 : 3, color: color,
          hint: "\(line.name), \(rungs[rung]): \(ChartNumber.text(value))")
      }
    }
    return svg.markup(label: title, description: words)
  }

  /// The value beyond which worse ones are drawn at the edge, because one diverged model would flatten all others.
  private var limit: Double {
    let first = lines.map { $0.values[0] }.sorted()
    let values = lines.flatMap(\.values)
    guard let lowest = values.min(), let highest = values.max() else { return 0 }
    let median = first[first.count / 2]
    let worst = moreIsBetter ? lowest : highest
    let best = moreIsBetter ? highest : lowest
    let limit = median + Self.shownSpread * (median - best)
    return moreIsBetter ? max(worst, limit) : min(worst, limit)
  }

  /// The models and values of each rung, and the chosen model, as text.
  private var words: String {
    let byRung = rungs.enumerated().map { rung, name in
      let values = lines.filter { $0.values.count > rung }.map { $0.values[rung] }
      let going = lines.count { $0.values.count > rung + 1 }
      guard let lowest = values.min(), let highest = values.max() else { return "\(name): no models" }
      return
        "\(name): \(NumberText.count(values.count, "model")) from \(ChartNumber.text(lowest)) to \(ChartNumber.text(highest))"
        + (rung + 1 < rungs.count ? ", \(going) of them continue" : "")
    }
    let chosen = lines.filter(\.isChosen).map { line in
      "The chosen model \(line.name): " + line.values.map(ChartNumber.text).joined(separator: ", ")
    }
    return ChartText.sentences(["\(verticalTitle) of each model by rung"] + byRung + chosen)
  }
}
