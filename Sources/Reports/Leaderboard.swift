internal import DurableFiles
internal import JobFiles

/// The models of a grid, best first.
package struct Leaderboard: Sendable {
  package let keys: [String]
  /// The metric that determines the order.
  package let metric: String
  package let moreIsBetter: Bool
  package let trained: [GridEntry]
  package let failed: [GridEntry]

  /// `keys`: The hyper-parameters, in the order of the entries' values.
  package init(_ entries: [GridEntry], keys: [String], metric: String, moreIsBetter: Bool) {
    self.keys = keys
    self.metric = metric
    self.moreIsBetter = moreIsBetter
    func rank(_ entry: GridEntry) -> Double {
      let value = entry.metric(metric) ?? .infinity
      return moreIsBetter && value.isFinite ? -value : value
    }
    let isTrained = { (entry: GridEntry) in
      if case .trained = entry.outcome { true } else { false }
    }
    // A stable sort: of equal models, the one tried first is ahead.
    trained = entries.filter(isTrained).enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }
    .map(\.element)
    failed = entries.filter { !isTrained($0) }
  }

  package var best: GridEntry? { trained.first }

  /// The number of tried models.
  package var count: Int { trained.count + failed.count }

  /// The content of `leaderboard.csv`.
  package var csv: CSVText {
    let others = Set(
      trained.flatMap { entry -> [String] in
        guard case .trained(let metrics, _, _, _) = entry.outcome else { return [] }
        return Array(metrics.keys)
      }
    ).subtracting([metric]).sorted()
    var csv = CSVText(header: ["rank", "model_id"] + keys + [metric] + others + ["epochs", "seconds", "ending"])
    for (index, entry) in trained.enumerated() {
      guard case .trained(let metrics, let ending, let epochs, let seconds) = entry.outcome else { continue }
      csv.append(
        [.int(index + 1), .text(entry.name)] + entry.values.map(CSVText.Cell.text)
          + ([metric] + others).map { .number(metrics[$0] ?? .nan) }
          + [.number(epochs), .number(seconds), .text(ending)])
    }
    return csv
  }

  /// The content of `grid_failures.csv`.
  package var failuresCSV: CSVText {
    var csv = CSVText(header: ["model_id"] + keys + ["reason"])
    for entry in failed {
      guard case .failed(let reason) = entry.outcome else { continue }
      csv.append([.text(entry.name)] + entry.values.map(CSVText.Cell.text) + [.text(reason)])
    }
    return csv
  }
}
