internal import Charts

/// The pictures of a grid search: the metric by each setting, and all settings at once.
struct GridSections {
  /// The number of models that are drawn, the best ones; more lines would hide each other.
  private static let shownModels = 300
  /// The number of values of a setting up to which it has a chart of its own.
  private static let shownValues = 12

  private let leaderboard: Leaderboard
  private let models: [GridEntry]
  private let metric: String

  init(_ leaderboard: Leaderboard) {
    self.leaderboard = leaderboard
    models = leaderboard.trained.filter { $0.metric(leaderboard.metric)?.isFinite == true }
      .prefix(Self.shownModels).map { $0 }
    metric = MetricSections.label(leaderboard.metric)
  }

  var section: ReportPage.Section {
    var section = ReportPage.Section(id: "search", title: "Search")
    guard models.count > 1 else { return section }
    section.notes = [
      "Each dot and each line is a model; the best one is orange."
        + (leaderboard.trained.count > models.count ? " The \(models.count) best models are drawn." : "")
    ]
    section.charts = [parallel].compactMap { $0 } + leaderboard.keys.indices.compactMap(byValue)
    return section
  }

  /// Returns the distinct values of a setting: numbers by size, other values in alphabetical order.
  private func values(_ key: Int) -> [String] {
    var seen: Set<String> = []
    let texts = models.map { $0.values[key] }.filter { seen.insert($0).inserted }
    let numbers = texts.compactMap { text in Double(text).map { (text, $0) } }
    return numbers.count == texts.count ? numbers.sorted { $0.1 < $1.1 }.map(\.0) : texts.sorted()
  }

  private func value(_ model: GridEntry) -> Double { model.metric(leaderboard.metric) ?? .nan }

  private func byValue(_ key: Int) -> ReportPage.Chart? {
    let values = values(key)
    guard values.count > 1, values.count <= Self.shownValues else { return nil }
    let name = leaderboard.keys[key]
    let chart = GroupChart(
      title: "\(metric) by \(name)", horizontalTitle: name, verticalTitle: metric, groups: values,
      points: models.enumerated().map { index, model in
        .init(
          group: values.firstIndex(of: model.values[key]) ?? 0, value: value(model), name: model.part,
          isBest: index == 0)
      })
    return .init(caption: "By \(name)", markup: chart.markup)
  }

  private var parallel: ReportPage.Chart? {
    let settings = leaderboard.keys.indices.map { (key: $0, values: values($0)) }.filter { $0.values.count > 1 }
    let (keys, columns) = (settings.map(\.key), settings.map(\.values))
    let results = models.map(value)
    guard let lowest = results.min(), let highest = results.max(), highest > lowest, !keys.isEmpty else { return nil }
    let chart = ParallelChart(
      title: "settings and \(metric) of every model",
      dimensions: zip(keys, columns).map { .init(name: leaderboard.keys[$0], labels: $1) }
        + [.init(name: metric, labels: [ChartNumber.text(lowest), ChartNumber.text(highest)])],
      lines: models.enumerated().map { index, model in
        .init(
          name: "\(model.part): \(model.values.joined(separator: ", ")): \(ChartNumber.text(value(model)))",
          places: zip(keys, columns).map { key, values in
            ParallelChart.place(values.firstIndex(of: model.values[key]) ?? 0, of: values.count)
          } + [(value(model) - lowest) / (highest - lowest)],
          isBest: index == 0)
      })
    return .init(caption: "All settings and the \(metric)", markup: chart.markup)
  }
}
