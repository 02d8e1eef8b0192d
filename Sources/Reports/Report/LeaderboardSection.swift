internal import Charts
internal import DurableFiles

/// The table of the models of a grid, with the metrics that tell them apart.
struct LeaderboardSection {
  /// The number of models in the table; the CSV file has all.
  private static let shownModels = 200
  /// The number of metrics besides the one that determines the order; more would not fit on a screen or a sheet.
  private static let shownMetrics = 5
  /// The metrics that say something new, the most informative first.
  ///
  /// Others are functions of these, or facts about the table; the CSV file has them.
  private static let metrics = [
    "logloss", "AUC", "pr_auc", "err", "mean_per_class_error", "RMSE", "mae", "r2", "mean_residual_deviance", "rmsle",
    "custom",
  ]

  /// A column about the outcome of a model.
  private struct Column {
    let header: ReportPage.Cell
    let cells: [ReportPage.Cell]

    init(_ title: String, _ cells: [ReportPage.Cell]) {
      header = .init(text: title, isNumber: cells.contains(where: \.isNumber))
      self.cells = cells
    }

    /// Whether the column distinguishes models.
    var differs: Bool { Set(cells.map(\.text)).count > 1 }
  }

  private let leaderboard: Leaderboard
  private let folders: [String: String]
  private let shown: [GridEntry]

  /// - Parameters:
  ///   - leaderboard: The finished models.
  ///   - folders: The result folder of each trained model, relative to the page.
  init(_ leaderboard: Leaderboard, folders: [String: String]) {
    self.leaderboard = leaderboard
    self.folders = folders
    shown = Array(leaderboard.trained.prefix(Self.shownModels))
  }

  var section: ReportPage.Section {
    let section = ReportPage.Section(id: "leaderboard", title: "Leaderboard")
    guard !shown.isEmpty else { return section }
    let columns = columns
    var result = section
    result.tables = [
      .init(
        caption: caption,
        header: [.number("rank"), .text("model")] + columns.map(\.header),
        rows: shown.enumerated().map { index, entry in
          var name = ReportPage.Cell.text(entry.part)
          name.link = folders[entry.name].map { "\($0)/\(ResultFolderLayout.reportFile)" }
          return .init(
            cells: [.number(String(index + 1)), name] + columns.map { $0.cells[index] }, isMarked: index == 0)
        })
    ]
    return result
  }

  private var caption: String {
    let count = leaderboard.trained.count
    let models =
      count > shown.count ? "The first \(shown.count) of \(count) models" : "All models, the best first"
    return "\(models); \(ResultFolderLayout.leaderboardFile) has "
      + (count > shown.count ? "all, with every metric" : "every metric")
  }

  /// The metric that determines the order, the settings, and what else distinguishes the models.
  private var columns: [Column] {
    let settings = leaderboard.keys.enumerated().map { key, name in
      Column(name, shown.map { .text($0.values[key]) })
    }
    let ranking = metric(leaderboard.metric)
    var others: [Column] = []
    // The squared errors of probabilities say little beside the metrics of classes, and a root nothing beside its square.
    let isClassifier = shown.contains { $0.metric("logloss") != nil }
    let left = [leaderboard.metric] + (isClassifier ? ["RMSE", "r2"] : leaderboard.metric == "MSE" ? ["RMSE"] : [])
    for name in Self.metrics where !left.contains(name) && others.count < Self.shownMetrics {
      let column = metric(name)
      let known = ([ranking] + others).map { $0.cells.map(\.text) }
      if column.differs, !known.contains(column.cells.map(\.text)) { others.append(column) }
    }
    let training = [
      Column("epochs", outcomes { _, epochs, _ in .number(epochs) }),
      Column("seconds", outcomes { _, _, seconds in .number(seconds) }),
      Column("ending", outcomes { ending, _, _ in .text(ending) }),
    ]
    return [ranking] + settings + others + training.filter(\.differs)
  }

  private func metric(_ name: String) -> Column {
    Column(MetricSections.label(name), shown.map { .number($0.metric(name) ?? .nan) })
  }

  /// - `cell`: Returns a cell from ending, epochs and seconds.
  private func outcomes(_ cell: (String, Double, Double) -> ReportPage.Cell) -> [ReportPage.Cell] {
    shown.map { entry in
      guard case .trained(_, let ending, let epochs, let seconds) = entry.outcome else { return .text("") }
      return cell(ending, epochs, seconds)
    }
  }
}
