internal import DurableFiles
internal import JobFiles
internal import Metrics
package import Training

/// The models of a grid, best first.
package struct Leaderboard: Sendable {
  package let keys: [String]
  /// The metric that determines the order, by its name in metrics.json.
  package let metric: String
  package let moreIsBetter: Bool
  package let trained: [GridEntry]
  package let failed: [GridEntry]
  /// The mean of several models, if it is better than the best one.
  package var ensemble: GridEntry?
  /// Whether models were compared at rungs, in a search by successive halving.
  private let hasRungs: Bool

  /// `keys`: The hyper-parameters, in the order of the entries' values.
  package init(_ entries: [GridEntry], keys: [String], metric: StoppingMetric) {
    self.keys = keys
    self.metric = metric.nameInMetrics
    moreIsBetter = metric.moreIsBetter
    func loss(_ entry: GridEntry) -> Double {
      let value = entry.metric(metric.nameInMetrics) ?? .infinity
      return value.isFinite ? metric.direction.loss(of: value) : value
    }
    func rank(_ entry: GridEntry, _ offset: Int) -> (Int, Double, Int) {
      let loss = loss(entry)
      let progress = entry.halving?.hasEnded == true ? Int.max : entry.rungCount
      return (loss.isFinite ? -progress : 1, loss, offset)
    }
    let isTrained = { (entry: GridEntry) in
      if case .trained = entry.outcome { true } else { false }
    }
    // Complete models are ahead, then those of a higher rung: the best of many models that have trained little is often
    // the best by chance.
    // A stable sort: of equal models, the one tried first is ahead.
    trained = entries.filter(isTrained).enumerated()
      .sorted { rank($0.element, $0.offset) < rank($1.element, $1.offset) }.map(\.element)
    failed = entries.filter { !isTrained($0) }
    hasRungs = entries.contains { $0.halving != nil }
  }

  package var best: GridEntry? { trained.first }

  /// The number of tried models.
  package var count: Int { trained.count + failed.count }

  /// Returns the hyper-parameters of a model, such as `hidden: [64, 64], rate: 0.01`.
  package func parameters(of entry: GridEntry) -> String {
    zip(keys, entry.values).map { "\($0): \($1)" }.joined(separator: ", ")
  }

  /// The content of `leaderboard.csv`.
  package var csv: CSVText {
    let others = Set(
      trained.flatMap { entry -> [String] in
        guard case .trained(let metrics, _, _, _) = entry.outcome else { return [] }
        return Array(metrics.keys)
      }
    ).subtracting([metric]).sorted()
    let ranked = [ensemble].compactMap { $0 } + trained
    var csv = CSVText(
      header: ["rank", "model_id"] + keys + [metric] + others + (hasRungs ? ["rung"] : [])
        + ["epochs", "seconds", "ending"])
    for (index, entry) in ranked.enumerated() {
      guard case .trained(let metrics, let ending, let epochs, let seconds) = entry.outcome else { continue }
      csv.append(
        [.int(index + 1), .text(entry.name)] + entry.values.map(CSVText.Cell.text)
          + ([metric] + others).map { .number(metrics[$0] ?? .nan) }
          + (hasRungs ? [entry.rungCount > 0 ? .int(entry.rungCount) : .empty] : []) + [
            .number(epochs), .number(seconds), .text(ending),
          ])
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
