/// Rules between parameters that can be checked without looking at the data.
///
/// The letters refer to the list of H2O's own checks in section 1.3 of the behavioural notes (see
/// docs/development/Fidelity.md).
package enum ParameterRules {
  /// Networks beyond this many weights and biases are refused, as in H2O (rule E26).
  package static let maximumParameterCount = 100_000_000

  /// Every broken rule of `job`, each at the place of the key that breaks it.
  package static func faults(of job: JobFile) -> [JobFileFault] {
    guard job.kind == .train else { return PredictionRules.faults(of: job) }
    return GridRules.faults(of: job) + (job.isGrid ? GridRules.commonFaults(of: job) : modelFaults(of: job))
  }

  /// The rules that a single model must keep.
  static func modelFaults(of job: JobFile) -> [JobFileFault] {
    frameFaults(of: job) + networkFaults(of: job) + objectiveFaults(of: job) + tweedieFaults(of: job)
      + stoppingFaults(of: job)
      + columnFaults(of: job) + balanceFaults(of: job)
      + autoencoderFaults(of: job) + sparsityFaults(of: job) + validationFaults(of: job) + restartFaults(of: job)
      + HoldOutRules.faults(of: job)
  }

  private static func frameFaults(of job: JobFile) -> [JobFileFault] {
    var faults = PredictionRules.strayFaults(of: job)
    if job.trainingFrame == nil {
      faults.append(job.fault("training_frame", "is missing: add the path of the table to learn from"))
    }
    if job.responseColumn == nil, !job.autoencoder {
      faults.append(job.fault("response_column", "is missing: add the name of the column to predict"))
    }
    if job.colMajor, job.quirks.contains(.columnMajorIsRefused) {
      faults.append(
        job.fault("col_major", "must be false in H2O 3.46; remove it, it has no effect on results anyway"))
    }
    if job.unlockedTraining, job.reproducible {
      faults.append(
        job.fault(
          "unlocked_training", "gives another model in every run, but reproducible is on; leave out one of the two"))
    }
    return faults
  }

  /// E25 (via the range), E26 (hidden layers alone), E29 to E31.
  private static func networkFaults(of job: JobFile) -> [JobFileFault] {
    var faults: [JobFileFault] = []
    let ratios = job.hiddenDropoutRatios
    if job.isGiven("hidden_dropout_ratios") {
      if !job.activation.hasHiddenDropout {
        faults.append(
          job.fault(
            "hidden_dropout_ratios",
            "has no effect with activation \(job.activation.rawValue); remove it or use a WithDropout activation"))
      } else if ratios.count != job.hidden.count {
        faults.append(
          job.fault(
            "hidden_dropout_ratios",
            "has \(ratios.count) values but hidden has \(job.hidden.count) layers; give one value per layer"))
      }
    }
    var weights = 0.0
    for (inputs, units) in zip(job.hidden, job.hidden.dropFirst()) { weights += Double(inputs) * Double(units) }
    weights += Double(job.hidden.reduce(0.0) { $0 + Double($1) })
    if weights > Double(maximumParameterCount) {
      faults.append(
        job.fault(
          "hidden", "makes more than \(maximumParameterCount) weights and biases; use smaller or fewer layers"))
    }
    return faults
  }

  /// E42: a regression family goes with its own loss only.
  private static func objectiveFaults(of job: JobFile) -> [JobFileFault] {
    let allowed: [LossChoice]
    switch job.distribution {
    case .poisson, .gamma, .tweedie: allowed = [.automatic]
    case .laplace: allowed = [.automatic, .absolute]
    case .quantile: allowed = [.automatic, .quantile]
    case .huber: allowed = [.automatic, .huber]
    case .auto, .gaussian, .bernoulli, .multinomial: return []
    }
    guard !allowed.contains(job.loss) else { return [] }
    let words = allowed.map(\.rawValue).joined(separator: " or ")
    return [job.fault("loss", "must be \(words) with distribution \(job.distribution.rawValue)")]
  }

  /// E45.
  private static func tweedieFaults(of job: JobFile) -> [JobFileFault] {
    let power = job.tweediePower
    if job.quirks.contains(.tweedieHasNoLimits), power <= 1 || power >= 2 {
      return [job.fault("tweedie_power", "must be above 1 and below 2 in H2O 3.46, found \(power.text)")]
    }
    guard power > 0, power < 1 else { return [] }
    return [
      job.fault(
        "tweedie_power",
        "is \(power.text), of which there is no distribution; use 0 (gaussian) or a value from 1 (poisson) to 2 (gamma)"
      )
    ]
  }

  private static func stoppingFaults(of job: JobFile) -> [JobFileFault] {
    switch job.stoppingMetric {
    case .custom where job.customMetricFunc == nil, .customIncreasing where job.customMetricFunc == nil:
      return [job.fault("stopping_metric", "\(job.stoppingMetric.rawValue) needs a custom_metric_func")]
    case .r2 where job.quirks.contains(.r2StopsNothing):
      return [job.fault("stopping_metric", "r2 was removed from H2O before 3.46; use compatibility: documentation")]
    default:
      return []
    }
  }

  /// E24, E52, E57: what an autoencoder cannot have.
  private static func autoencoderFaults(of job: JobFile) -> [JobFileFault] {
    guard job.autoencoder else { return [] }
    var faults: [JobFileFault] = []
    if job.responseColumn != nil {
      faults.append(
        job.fault("response_column", "has no use for an autoencoder; remove it, or list it in ignored_columns"))
    }
    if job.activation == .maxout || job.activation == .maxoutWithDropout {
      faults.append(job.fault("activation", "Maxout is not possible for an autoencoder; use Tanh or Rectifier"))
    }
    if job.loss == .crossEntropy {
      faults.append(job.fault("loss", "CrossEntropy needs classes, which an autoencoder has not"))
    }
    if ![.auto, .mse].contains(job.stoppingMetric) {
      faults.append(job.fault("stopping_metric", "must be AUTO or MSE for an autoencoder"))
    }
    if job.categoricalEncoding == .sortByResponse {
      faults.append(job.fault("categorical_encoding", "SortByResponse needs a response, which an autoencoder has not"))
    }
    for (key, isUsed) in [
      ("offset_column", job.offsetColumn != nil), ("balance_classes", job.balanceClasses),
      ("custom_metric_func", job.customMetricFunc != nil),
    ]
    where isUsed {
      faults.append(job.fault(key, "needs a response, which an autoencoder has not"))
    }
    return faults
  }

  /// E18.
  private static func balanceFaults(of job: JobFile) -> [JobFileFault] {
    guard job.isGiven("class_sampling_factors"), !job.balanceClasses else { return [] }
    return [job.fault("class_sampling_factors", "needs balance_classes: true")]
  }

  /// E13 and E14 as far as names go: a column has one role.
  private static func columnFaults(of job: JobFile) -> [JobFileFault] {
    let roles = [("weights_column", job.weightsColumn), ("offset_column", job.offsetColumn)]
    for (key, name) in roles where name != nil && name == job.responseColumn {
      return [job.fault(key, "is the response_column too; a column has one role")]
    }
    guard Set(job.columnNames).count != job.columnNames.count else { return [] }
    return [job.fault("column_names", "holds a name twice; every column needs its own")]
  }

  /// E58, E60, E61, and what mini-batches cannot have.
  private static func sparsityFaults(of job: JobFile) -> [JobFileFault] {
    var faults: [JobFileFault] = []
    if job.sparse, job.elasticAveraging {
      faults.append(job.fault("elastic_averaging", "is not possible with sparse; remove one of them"))
    }
    if job.sparsityBeta > 0, !job.autoencoder {
      faults.append(job.fault("sparsity_beta", "is for autoencoders; remove it, or set autoencoder: true"))
    }
    if job.autoencoder, job.sparsityBeta > 0 {
      let isBounded = [.tanh, .tanhWithDropout, .expRectifier, .expRectifierWithDropout].contains(job.activation)
      if isBounded, !(job.averageActivation > -1 && job.averageActivation < 1) {
        faults.append(
          job.fault("average_activation", "must be above -1 and below 1 with activation \(job.activation.rawValue)"))
      } else if !isBounded, job.averageActivation <= 0 {
        faults.append(job.fault("average_activation", "must be above 0 with activation \(job.activation.rawValue)"))
      }
      if job.miniBatchSize > 1, !job.quirks.contains(.miniBatchesHaveOneRow) {
        faults.append(job.fault("mini_batch_size", "must be 1 with sparsity_beta, which acts row by row"))
      }
    }
    if job.autoencoder, job.maxCategoricalFeatures < Int(Int32.max) {
      faults.append(
        job.fault("max_categorical_features", "is not possible for an autoencoder, which must give back each level"))
    }
    return faults
  }

  /// E6 to E10 as far as names go, and E56: cross-validation.
  private static func validationFaults(of job: JobFile) -> [JobFileFault] {
    var faults: [JobFileFault] = []
    let isOn = job.nfolds > 1 || job.foldColumn != nil
    if job.nfolds > 1, job.foldColumn != nil {
      faults.append(job.fault("nfolds", "is not possible with fold_column, which says the number of folds; remove one"))
    }
    if isOn, job.autoencoder {
      faults.append(
        job.fault(job.foldColumn == nil ? "nfolds" : "fold_column", "is not possible for an autoencoder; remove it"))
    }
    if job.foldAssignment != .auto {
      if job.foldColumn != nil {
        faults.append(job.fault("fold_assignment", "is not possible with fold_column; remove one of them"))
      } else if job.nfolds == 0 {
        faults.append(job.fault("fold_assignment", "needs nfolds; add nfolds: 5, or remove it"))
      }
    }
    let roles = [
      ("response_column", job.responseColumn), ("weights_column", job.weightsColumn),
      ("offset_column", job.offsetColumn),
    ]
    for (key, name) in roles where name != nil && name == job.foldColumn {
      faults.append(job.fault("fold_column", "is the \(key) too; a column has one role"))
    }
    return faults
  }

  /// E7, E23 and E35: what a model that starts from an earlier one cannot have.
  private static func restartFaults(of job: JobFile) -> [JobFileFault] {
    var faults: [JobFileFault] = []
    if job.checkpoint != nil {
      if job.nfolds > 1 || job.foldColumn != nil {
        faults.append(job.fault("checkpoint", "is not possible with cross-validation; remove one of them"))
      }
      for (key, isUsed) in [
        ("initial_weights", !job.initialWeights.isEmpty), ("initial_biases", !job.initialBiases.isEmpty),
        ("pretrained_autoencoder", job.pretrainedAutoencoder != nil),
      ] where isUsed {
        faults.append(
          job.fault(key, "is not possible with checkpoint, which brings its own weights; remove one of them"))
      }
    }
    for (key, files, other, others) in [
      ("initial_weights", job.initialWeights, "initial_biases", job.initialBiases),
      ("initial_biases", job.initialBiases, "initial_weights", job.initialWeights),
    ] where files.contains(where: { $0 != nil }) && others.isEmpty {
      faults.append(
        job.fault(
          key,
          "is given without \(other), and a layer begins with given numbers only if it has both; add \(other) with a "
            + "file per layer"))
    }
    if job.pretrainedAutoencoder != nil, job.autoencoder {
      faults.append(
        job.fault(
          "pretrained_autoencoder", "is for models with a response; to go on with an autoencoder use checkpoint"))
    }
    return faults
  }
}
