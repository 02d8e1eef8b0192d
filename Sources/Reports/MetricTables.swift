internal import JobFiles
internal import Metrics

/// The CSV tables of detailed metrics.
enum MetricTables {
  /// Returns the name without extension, and the content, of every table that `metrics` has; `part`
  /// is training or validation.
  static func tables(_ metrics: ModelMetrics, part: String, hitRatioCount: Int) -> [(name: String, csv: CSVText)] {
    guard case .classification(let metrics) = metrics else { return [] }
    var tables: [(String, CSVText)] = []
    if let counts = metrics.confusionMatrix.counts {
      tables.append(("confusion_matrix_\(part)", confusionMatrix(metrics.confusionMatrix, counts: counts)))
    }
    if let binomial = metrics.binomial {
      tables.append(("thresholds_\(part)", thresholds(binomial.thresholds)))
      tables.append(("max_criteria_\(part)", maximumCriteria(binomial.thresholds)))
      if let table = binomial.gainsLift { tables.append(("gains_lift_\(part)", gainsLift(table))) }
    } else if hitRatioCount > 0 {
      tables.append(("hit_ratios_\(part)", hitRatios(metrics.hitRatios, count: hitRatioCount)))
    }
    tables.append(("calibration_\(part)", calibration(metrics.calibration)))
    tables.append(("score_histogram_\(part)", histogram(metrics)))
    if let areas = metrics.multinomialAUC { tables.append(("multinomial_auc_\(part)", multinomialAUC(areas))) }
    return tables.map { (name: $0.0, csv: $0.1) }
  }

  private static func confusionMatrix(_ matrix: ConfusionMatrix, counts: [[Double]]) -> CSVText {
    var csv = CSVText(header: ["actual"] + matrix.labels + ["Error", "Rate"])
    func rate(_ wrong: Double, _ total: Double) -> [CSVText.Cell] {
      [.number(total > 0 ? wrong / total : .nan), .text("\(wrong.text) / \(total.text)")]
    }
    for (index, label) in matrix.labels.enumerated() {
      let errors = matrix.errors(of: index)
      csv.append([.text(label)] + counts[index].map(CSVText.Cell.number) + rate(errors.wrong, errors.total))
    }
    let totals = matrix.labels.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    let wrong = matrix.labels.indices.reduce(0) { $0 + matrix.errors(of: $1).wrong }
    csv.append([.text("Totals")] + totals.map(CSVText.Cell.number) + rate(wrong, matrix.total))
    return csv
  }

  /// Returns at most ``ThresholdTable/maximumShown`` rows.
  ///
  /// `idx` counts all thresholds of the curve, as in the table of criteria.
  private static func thresholds(_ table: ThresholdTable) -> CSVText {
    var csv = CSVText(header: ["threshold"] + ThresholdTable.Criterion.allCases.map(\.rawValue) + ["idx"])
    for index in table.shownIndices {
      csv.append(
        [.number(table.thresholds[index])]
          + ThresholdTable.Criterion.allCases.map { .number(table.value($0, at: index)) } + [.int(index)])
    }
    return csv
  }

  private static func maximumCriteria(_ table: ThresholdTable) -> CSVText {
    var csv = CSVText(header: ["metric", "threshold", "value", "idx"])
    for criterion in ThresholdTable.Criterion.allCases {
      guard let index = table.indexOfMaximum(criterion) else { continue }
      csv.append([
        .text("max \(criterion.rawValue)"), .number(table.thresholds[index]),
        .number(table.value(criterion, at: index)), .int(index),
      ])
    }
    return csv
  }

  private static func hitRatios(_ ratios: [Double], count: Int) -> CSVText {
    var csv = CSVText(header: ["k", "hit_ratio"])
    for (index, ratio) in ratios.prefix(count).enumerated() { csv.append([.int(index + 1), .number(ratio)]) }
    return csv
  }

  private static func calibration(_ calibration: Calibration) -> CSVText {
    var csv = CSVText(header: ["group", "lowest", "highest", "weight", "mean_probability", "observed_rate"])
    for (index, group) in calibration.groups.enumerated() {
      csv.append(
        [.int(index + 1)]
          + [group.lowest, group.highest, group.weight, group.meanProbability, group.observedRate]
          .map(CSVText.Cell.number))
    }
    return csv
  }

  /// Returns the weight of rows by probability: per class for two classes, of right and wrong predictions for more.
  private static func histogram(_ metrics: ClassificationMetrics) -> CSVText {
    let histogram = metrics.scoreHistogram
    let names = metrics.scoreNames
    var csv = CSVText(header: ["from", "to", names.negative, names.positive])
    for index in histogram.positives.indices {
      csv.append(
        [
          ScoreHistogram.bounds[index], ScoreHistogram.bounds[index + 1], histogram.negatives[index],
          histogram.positives[index],
        ].map(CSVText.Cell.number))
    }
    return csv
  }

  /// Returns the tables of the residuals of a regression.
  static func residualTables(_ summary: ResidualSummary, part: String) -> [(name: String, csv: CSVText)] {
    var quantiles = CSVText(header: ["fraction_below", "residual"])
    for quantile in summary.quantiles { quantiles.append([.number(quantile.share), .number(quantile.value)]) }
    var groups = CSVText(header: ["group", "weight", "mean_prediction", "mean_actual"])
    for (index, group) in summary.groups.enumerated() {
      groups.append(
        [.int(index + 1)] + [group.weight, group.meanPrediction, group.meanActual].map(CSVText.Cell.number))
    }
    return [("residuals_\(part)", quantiles), ("actual_by_prediction_\(part)", groups)]
  }

  private static func multinomialAUC(_ areas: MultinomialAUC) -> CSVText {
    var csv = CSVText(header: ["type", "auc", "pr_auc"])
    for row in areas.rows { csv.append([.text(row.name), .number(row.auc), .number(row.precisionRecallAUC)]) }
    return csv
  }

  private static func gainsLift(_ table: GainsLift) -> CSVText {
    var csv = CSVText(header: [
      "group", "cumulative_data_fraction", "lower_threshold", "lift", "cumulative_lift", "response_rate", "score",
      "cumulative_response_rate", "cumulative_score", "capture_rate", "cumulative_capture_rate", "gain",
      "cumulative_gain", "kolmogorov_smirnov",
    ])
    for (index, group) in table.groups.enumerated() {
      csv.append(
        [.int(index + 1)]
          + [
            group.cumulativeDataFraction, group.lowerThreshold, group.lift, group.cumulativeLift, group.responseRate,
            group.meanScore, group.cumulativeResponseRate, group.cumulativeScore, group.captureRate,
            group.cumulativeCaptureRate, group.gain, group.cumulativeGain, group.kolmogorovSmirnov,
          ].map(CSVText.Cell.number))
    }
    return csv
  }
}

extension ClassificationMetrics {
  /// The names of what the scores are about: the two classes, or wrong and right predictions.
  var scoreNames: (negative: String, positive: String) {
    let labels = confusionMatrix.labels
    return binomial != nil && labels.count > 1 ? (labels[0], labels[1]) : ("wrong", "right")
  }
}
