internal import Charts
internal import Wording

/// The picture of a search by successive halving: which model came to which rung, and with which metric.
struct RungSection {
  private let leaderboard: Leaderboard
  /// The rungs as fractions of the epochs; empty in other searches.
  private let fractions: [Double]
  private let epochs: Double

  init(_ leaderboard: Leaderboard, fractions: [Double], epochs: Double) {
    self.leaderboard = leaderboard
    self.fractions = fractions
    self.epochs = epochs
  }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "rungs", title: "Rungs")
    let models = leaderboard.trained
    guard fractions.count > 1, models.contains(where: { $0.rungCount > 0 }) else { return section }
    let reached = fractions.indices.map { rung in models.count { $0.rungCount > rung } }
    let metric = MetricSections.label(leaderboard.metric)
    section.notes = [
      "Every dot is a model at a rung, after a part of its epochs, and its \(metric) there. A line leads to the next rung "
        + "of a model that continued; the best model is orange. "
        + zip(names, reached).map { "\($0): \(NumberText.count($1, "model"))" }.joined(separator: "; ") + "."
    ]
    let chart = RungChart(
      title: "\(metric) by rung", verticalTitle: metric, rungs: names,
      lines: models.enumerated().map { index, model in
        .init(
          name: "\(model.part): \(model.values.joined(separator: ", "))",
          values: model.halving?.rungs.map { $0.value ?? .nan } ?? [], isChosen: index == 0)
      }, moreIsBetter: leaderboard.moreIsBetter)
    section.charts = [ReportPage.Chart(caption: "Models by rung", markup: chart.markup)].compactMap { $0 }
    return section
  }

  private var names: [String] {
    fractions.map { fraction in
      let count = (epochs * fraction * 10).rounded() / 10
      return NumberText.shortest(count) + (count == 1 ? " epoch" : " epochs")
    }
  }
}
