internal import Charts
package import JobFiles
package import Metrics
package import Models
internal import Planning
internal import Training

/// An assessment of a model by comparison with the trivial model, and of training rows with held-out rows.
package struct ModelVerdict: Sendable {
  /// The quality of the model on the table that is most representative of new rows.
  package let sentence: String
  /// A sentence about the difference between the rows that the model was trained on and others.
  package let fit: String
  /// Whether no row was held out, so that ``fit`` belongs to every statement about the quality.
  private let isOfTrainingOnly: Bool
  /// Sentences about a model that overfits, or is no better than the trivial one.
  package let warnings: [String]

  private struct Table {
    let source: LabelThreshold.Source
    let metrics: ModelMetrics
    let baseline: ModelMetrics

    /// Returns the fraction of the trivial model's loss that the model has removed; NaN if that
    /// loss is undefined or 0.
    func gain(_ metric: StoppingMetric) -> Double {
      let (loss, trivial) = (metric.value(of: metrics), metric.value(of: baseline))
      return trivial > 0 ? 1 - loss / trivial : .nan
    }
  }

  /// Assesses the model on cross-validation or else validation if present, otherwise on the training table.
  package init(
    training: ModelMetrics, validation: ModelMetrics?, crossValidation: ModelMetrics?, baseline: Baseline, job: JobFile
  ) {
    let given: [(LabelThreshold.Source, ModelMetrics?, ModelMetrics?)] = [
      (.training, training, baseline.training), (.validation, validation, baseline.validation),
      (.crossValidation, crossValidation, baseline.crossValidation),
    ]
    let tables = given.compactMap { source, metrics, trivial in
      if let metrics, let trivial, source == .training || metrics.isDecisive {
        Table(source: source, metrics: metrics, baseline: trivial)
      } else {
        nil
      }
    }
    let isClassifier = if case .classification = training { true } else { false }
    let isAutoencoder = if case .autoencoder = training { true } else { false }
    let always = Self.trivialPrediction(training)
    let automatic = StoppingMetric(.auto, isClassifier: isClassifier, isAutoencoder: isAutoencoder)
    let chosen = StoppingMetric(job.stoppingMetric, isClassifier: isClassifier, isAutoencoder: isAutoencoder)
    guard let first = tables.first, let leading = tables.last else {
      preconditionFailure("a model is always measured on its training table")
    }
    // Class weights shift the probabilities, so the unweighted log loss is not informative for such a model.
    let isWeighted = job.classWeight != nil && job.stoppingMetric == .auto
    let ranking = leading.metrics.isBinomial ? StoppingMetric.auc : .meanPerClassError
    let wanted = isWeighted ? ranking : chosen
    // A metric without a value, such as an AUC of several classes that was not requested, cannot decide.
    let isMeasured = [leading.metrics, leading.baseline].allSatisfy { wanted.value(of: $0).isFinite }
    let metric = isMeasured ? wanted : automatic
    var warnings: [String] = []
    (sentence, warnings) = Self.compare(leading, metric, always: always)
    // What a useless model predicts is no matter of its threshold.
    if warnings.isEmpty { warnings += [Self.missedClass(leading, job)].compactMap { $0 } }
    let lost = max(0, first.gain(automatic)) - max(0, leading.gain(automatic))
    let (seen, unseen) = (automatic.value(of: first.metrics), automatic.value(of: leading.metrics))
    let (own, others) = ("\(Self.text(seen)) on the training rows", "\(Self.text(unseen)) on \(leading.source.words)")
    isOfTrainingOnly = tables.count == 1
    if isOfTrainingOnly {
      fit =
        "It was measured on its training rows only, which says little about new rows; "
        + "validation_fraction or nfolds hold rows out."
    } else {
      let comparison = "its \(Self.name(automatic)) is \(own), "
      switch Overfitting(lostGain: lost) {
      case .none: fit = "It does not overfit: \(comparison)and \(others)."
      case .slight: fit = "It overfits slightly: \(comparison)but \(others)."
      case .strong:
        fit = "It overfits: \(comparison)but \(others)."
        warnings.append(
          "the model overfits: \(comparison)but \(others); fewer epochs or units, dropout, l1 or l2 can help")
      }
    }
    self.warnings = warnings
  }

  /// The quality of the model, with a reservation if it was measured on its training rows only.
  package var summary: String { isOfTrainingOnly ? "\(sentence) \(fit)" : sentence }

  /// The share of wrong labels from which on a class counts as missed, and the rows that are too few to tell.
  private static let (missedShare, fewRows) = (0.5, 5.0)

  /// Returns a warning about one of two classes most of whose rows get the other label by the default threshold; nil
  /// if there is none.
  private static func missedClass(_ table: Table, _ job: JobFile) -> String? {
    guard case .classification(let metrics) = table.metrics, let threshold = metrics.binomial?.defaultThreshold,
      job.labelThreshold == .criterion(.f1)
    else { return nil }
    let labels = metrics.confusionMatrix.labels.prefix(2)
    for (missed, label) in labels.enumerated() {
      let (wrong, total) = metrics.confusionMatrix.errors(of: missed)
      guard total >= fewRows, wrong / total > missedShare else { continue }
      return "\(percent(100 * wrong / total)) % of \(table.source.words) of class '\(label)' are predicted "
        + "'\(labels[1 - missed])', which the default label_threshold favours (a row is '\(labels[1])' from probability "
        + "\(text(threshold)) on); mean_per_class_accuracy treats the classes alike, and costs weigh their errors"
    }
    return nil
  }

  /// Returns what the trivial model always does, as a gerund.
  static func trivialPrediction(_ metrics: ModelMetrics) -> String {
    switch metrics {
    case .classification: "predicting the base rates of the training rows"
    case .regression: "predicting the mean of the training rows"
    case .autoencoder: "reconstructing the means of the training rows"
    }
  }

  private static func compare(
    _ table: Table, _ metric: StoppingMetric, always: String
  ) -> (sentence: String, warnings: [String]) {
    let (value, trivial) = (metric.value(of: table.metrics), metric.value(of: table.baseline))
    let measured = "On \(table.source.words) the \(name(metric)) is \(text(value))"
    guard value.isFinite, trivial.isFinite else {
      return ("\(measured), which cannot be compared with that of always \(always).", [])
    }
    let isBetter = metric.moreIsBetter ? value > trivial : value < trivial
    guard isBetter else {
      // Values that look the same in the sentence are not called worse.
      let relation = text(value) == text(trivial) ? "no better" : "worse"
      return (
        "\(measured), \(relation) than the \(text(trivial)) of always \(always).",
        [
          "the model is no better than always \(always): its \(name(metric)) is \(text(value)) on "
            + "\(table.source.words), against \(text(trivial))"
        ]
      )
    }
    let share = 100 * (trivial - value) / trivial
    let better =
      metric.moreIsBetter || trivial <= 0
      ? "better than the \(text(trivial))" : "\(percent(share)) % below the \(text(trivial))"
    return ("\(measured), \(better) of always \(always).", [])
  }

  /// Returns whole numbers, except for fractions near 0 or 100.
  private static func percent(_ share: Double) -> String {
    let tenths = (share * 10).rounded() / 10
    if share < 1 { return tenths == 0 ? "less than 0.1" : String(tenths) }
    return share > 99 ? (tenths == 100 ? "more than 99.9" : String(tenths)) : String(Int(share.rounded()))
  }

  private static func name(_ metric: StoppingMetric) -> String { MetricSections.label(metric.rawValue) }

  private static func text(_ value: Double) -> String { ChartNumber.text(value) }
}

extension ModelMetrics {
  fileprivate var isBinomial: Bool {
    if case .classification(let metrics) = self { metrics.binomial != nil } else { false }
  }
}
