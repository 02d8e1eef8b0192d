internal import DataFrames
internal import DeepLearning
package import Documents
internal import Exports
internal import JobFiles
package import Metrics
internal import Models
internal import Planning
internal import Training
internal import Wording

/// `metrics.json`: the metrics of every table, with H2O's names.
package enum MetricsDocument {
  /// Returns the metrics of one table as an object, including the confusion matrix.
  ///
  /// `hitRatioCount`: The number of hit ratios.
  package static func object(_ metrics: ModelMetrics, hitRatioCount: Int) -> JSONValue {
    var entries: [(String, JSONValue)] = metrics.values.map { named in
      (named.name, named.name == "nobs" ? .int(Int(named.value)) : .number(named.value))
    }
    if case .classification(let metrics) = metrics {
      if let counts = metrics.confusionMatrix.counts {
        entries.append(("cm", matrix(metrics.confusionMatrix.labels, counts)))
      }
      let ratios = metrics.hitRatios.prefix(hitRatioCount)
      if !ratios.isEmpty { entries.append(("hit_ratios", .array(ratios.map(JSONValue.number)))) }
      entries.append(("calibration_error", .number(metrics.calibration.error)))
      if let binomial = metrics.binomial {
        entries.append(("brier_score", .number(binomial.thresholds.brierScore)))
        entries.append(("max_criteria", maximumCriteria(binomial)))
      }
    }
    return .object(entries)
  }

  /// Returns the whole document of a result folder.
  static func of(_ content: ResultFolder.Content) -> JSONValue {
    let final = content.final
    var entries: [(String, JSONValue)] = [
      (
        "model",
        .object([
          ("name", .string(content.modelName)), ("category", .string(content.model.category)),
          ("response", content.model.encoding.response.name.map(JSONValue.string) ?? .null),
          (
            "distribution",
            .string(content.model.objective.distributionName(classCount: content.model.topology.outputs))
          ), ("loss", .string(content.model.objective.lossName)),
          ("units", .array(content.model.topology.units.map(JSONValue.int))),
          ("parameters", .int(content.model.parameterCount)),
          ("default_threshold", .number(content.model.defaultThreshold)),
          ("checksum", .string(content.modelFile.checksum)),
        ])
      ),
      ("training_run", trainingRun(content)),
      ("best", best(final)),
      ("training", object(final.training, hitRatioCount: content.job.maxHitRatioK)),
    ]
    if let validation = final.validation {
      entries.append(("validation", object(validation, hitRatioCount: content.job.maxHitRatioK)))
    }
    if let crossValidation = content.crossValidation {
      entries.append(("cross_validation", object(crossValidation.metrics, hitRatioCount: content.job.maxHitRatioK)))
    }
    entries.append(("baseline", baseline(content.baseline, hitRatioCount: content.job.maxHitRatioK)))
    let residuals = content.samples.compactMap { sample in sample.residuals.map { (sample.part.rawValue, $0) } }
    if !residuals.isEmpty { entries.append(("residuals", .object(residuals.map { ($0, object($1)) }))) }
    if let ensemble = content.model.ensemble {
      entries.append(
        (
          "ensemble",
          .array(ensemble.shares.map { .object([("model", .string($0.name)), ("share", .number($0.share))]) })
        ))
    }
    if let threshold = content.labelThreshold {
      entries.append(
        (
          "label_threshold",
          .object(
            [("value", .number(threshold.value)), ("source", .string(threshold.source.rawValue))]
              + costs(content, threshold: threshold.value))
        ))
    }
    if !content.exports.isEmpty {
      entries.append(("exports", .object(content.exports.map { ($0.format.rawValue, export($0)) })))
    }
    entries.append(("warnings", .array(content.allWarnings.map(JSONValue.string))))
    return .object(entries)
  }

  private static func trainingRun(_ content: ResultFolder.Content) -> JSONValue {
    let point = content.final.point
    var entries: [(String, JSONValue)] = [
      ("epochs", .number(point.epochs)), ("samples", .int(point.samples)), ("iterations", .int(point.iteration)),
      ("seconds", .number(point.elapsedSeconds)), ("scoring_seconds", .number(content.final.record.scoringSeconds)),
    ]
    let copies = content.plan.course.shards.count
    if copies > 1 {
      entries += [("copies", .int(copies)), ("averaging_seconds", .number(point.averagingSeconds))]
    }
    entries += [("seed", .int(content.plan.options.seed)), ("ending", .string(content.ending))]
    return .object(entries)
  }

  /// Returns the costs that have chosen the threshold, and the mean cost per row of each table; empty without costs.
  private static func costs(_ content: ResultFolder.Content, threshold: Double) -> [(String, JSONValue)] {
    guard let costs = content.job.decisionCosts else { return [] }
    let tables: [(String, ModelMetrics?)] = [
      ("training", content.final.training), ("validation", content.final.validation),
      ("cross_validation", content.crossValidation?.metrics),
    ]
    let means = tables.compactMap { name, metrics -> (String, JSONValue)? in
      guard case .classification(let metrics)? = metrics, let binomial = metrics.binomial else { return nil }
      return (name, .number(costs.mean(binomial.thresholds, from: threshold)))
    }
    return [
      (
        "costs",
        .object([
          ("false_positive", .number(costs.falsePositive)), ("false_negative", .number(costs.falseNegative)),
        ])
      ), ("mean_cost", .object(means)),
    ]
  }

  private static func object(_ residuals: ResidualSummary) -> JSONValue {
    .object([
      ("rows", .int(residuals.rowCount)), ("mean", .number(residuals.mean)),
      ("deviation", .number(residuals.deviation)),
      ("quantiles", .object(residuals.quantiles.map { (NumberText.shortest($0.share), .number($0.value)) })),
    ])
  }

  /// Returns the metrics of the trivial model, which always predicts the base rates or the mean, on each table.
  private static func baseline(_ baseline: Baseline, hitRatioCount: Int) -> JSONValue {
    let tables = [
      ("training", baseline.training), ("validation", baseline.validation),
      ("cross_validation", baseline.crossValidation),
    ]
    return .object(
      tables.compactMap { name, metrics in metrics.map { (name, object($0, hitRatioCount: hitRatioCount)) } })
  }

  /// Returns the identity of the delivered network, and the metric that selected it.
  private static func best(_ final: ScoringEvent) -> JSONValue {
    let network = final.network
    return .object([
      ("kind", .string(network.kind.rawValue)), ("epochs", .number(network.epochs)),
      ("iteration", network.iteration.map(JSONValue.int) ?? .null),
      ("from", network.range.map { .number($0.lowerBound) } ?? .null),
      ("to", network.range.map { .number($0.upperBound) } ?? .null),
      ("metric", .string(final.deciding.name)), ("value", .number(final.deciding.value)),
      ("temperature", final.state.temperature == 1 ? .null : .number(final.state.temperature)),
    ])
  }

  private static func export(_ export: ResultFolder.Export) -> JSONValue {
    switch export {
    case .refused(_, let reason): return .object([("refused", .string(reason))])
    case .made(let made):
      var entries: [(String, JSONValue)] = [("file", .string(ModelExport.fileName(made.format)))]
      if let proof = made.proof {
        entries += [
          ("rows_compared", .int(proof.rowCount)), ("largest_difference", .number(proof.largestDifference)),
        ]
      }
      return .object(entries)
    }
  }

  private static func matrix(_ labels: [String], _ counts: [[Double]]) -> JSONValue {
    .object([
      ("labels", .array(labels.map(JSONValue.string))),
      ("counts", .array(counts.map { .array($0.map(JSONValue.number)) })),
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
