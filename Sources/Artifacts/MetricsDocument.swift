package import JobFiles
package import Metrics

/// `metrics.json`: metrics of every table under H2O's names.
package enum MetricsDocument {
  /// The metrics of one table as an object, confusion matrix included.
  package static func object(_ metrics: ModelMetrics) -> JSONValue {
    var entries: [(String, JSONValue)] = metrics.values.map { named in
      (named.name, named.name == "nobs" ? .int(Int(named.value)) : .number(named.value))
    }
    if case .classification(let metrics) = metrics {
      entries.append(("cm", matrix(metrics.confusionMatrix)))
      if !metrics.hitRatios.isEmpty { entries.append(("hit_ratios", .array(metrics.hitRatios.map(JSONValue.number)))) }
      if let binomial = metrics.binomial { entries.append(("max_criteria", maximumCriteria(binomial))) }
    }
    return .object(entries)
  }

  private static func matrix(_ matrix: ConfusionMatrix) -> JSONValue {
    .object([
      ("labels", .array(matrix.labels.map(JSONValue.string))),
      ("counts", .array(matrix.counts.map { .array($0.map(JSONValue.number)) })),
    ])
  }

  private static func maximumCriteria(_ binomial: ClassificationMetrics.Binomial) -> JSONValue {
    let table = binomial.thresholds
    return .object(
      ThresholdTable.Criterion.allCases.compactMap { criterion in
        guard let index = table.indexOfMaximum(criterion) else { return nil }
        return (
          "max \(criterion.rawValue)",
          .object([
            ("threshold", .number(table.thresholds[index])), ("value", .number(table.value(criterion, at: index))),
            ("idx", .int(index)),
          ])
        )
      })
  }
}
