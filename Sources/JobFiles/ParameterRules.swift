package import Documents
internal import Wording

/// Validation rules between parameters that do not need the data.
///
/// Numbers such as E26 refer to H2O's rules in h2o-behaviour.md#validation-rules.
package enum ParameterRules {
  /// The maximum number of weights and biases of a network, as in H2O (rule E26).
  package static let maximumParameterCount = 100_000_000

  /// Returns a fault for every broken rule of `job`, at the place of the key that breaks it.
  package static func faults(of job: JobFile) -> [DocumentFault] {
    guard job.kind == .train else { return PredictionRules.faults(of: job) }
    return RankRules.faults(of: job) + GridRules.faults(of: job)
      + (job.isGrid ? GridRules.commonFaults(of: job) : modelFaults(of: job))
  }

  /// Returns the faults of a single model.
  static func modelFaults(of job: JobFile) -> [DocumentFault] {
    frameFaults(of: job) + networkFaults(of: job) + objectiveFaults(of: job) + tweedieFaults(of: job)
      + stoppingFaults(of: job)
      + columnFaults(of: job) + balanceFaults(of: job)
      + autoencoderFaults(of: job) + sparsityFaults(of: job) + validationFaults(of: job) + restartFaults(of: job)
      + HoldOutRules.faults(of: job) + RecipeRules.faults(of: job) + CompatibilityRules.faults(of: job)
      + ReadingRules.faults(of: job)
  }

  private static func frameFaults(of job: JobFile) -> [DocumentFault] {
    var faults = PredictionRules.strayFaults(of: job)
    if !job.isStated(\.trainingFrame) {
      faults.append(job.fault(\.trainingFrame, "is missing: add the path of the table to train on"))
    }
    if !job.isStated(\.responseColumn), !job.autoencoder {
      faults.append(job.fault(\.responseColumn, "is missing: add the name of the column to predict"))
    }
    if job.colMajor, job.followsH2O {
      faults.append(
        job.fault(\.colMajor, "must be false in H2O 3.46; remove it, because it affects no result"))
    }
    if job.unlockedTraining, job.reproducible {
      faults.append(
        job.fault(
          \.unlockedTraining,
          "gives a different model in every run and cannot be combined with reproducible; remove one"))
    }
    return faults
  }

  /// Rules E25 (by the range), E26 (hidden layers only) and E29 to E31.
  private static func networkFaults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    let ratios = job.hiddenDropoutRatios
    if job.isGiven(\.hiddenDropoutRatios) {
      if !job.activation.hasHiddenDropout {
        faults.append(
          job.fault(
            \.hiddenDropoutRatios,
            "has no effect with activation \(job.activation.rawValue); remove it, or use a WithDropout activation"))
      } else if ratios.count != job.hidden.count {
        faults.append(
          job.fault(
            \.hiddenDropoutRatios,
            "has \(NumberText.count(ratios.count, "value")) but hidden has "
              + "\(NumberText.count(job.hidden.count, "layer")); give one value per layer"))
      }
    }
    return faults + networkSizeFaults(of: job)
  }

  /// More inputs and outputs than most tables have, for which a network that a message suggests leaves room.
  private static let ampleInputs = 1000

  /// Rule E26, as far as the hidden layers alone break it.
  private static func networkSizeFaults(of job: JobFile) -> [DocumentFault] {
    let count = NetworkSize.betweenLayers(job.hidden)
    guard count > Double(maximumParameterCount) else { return [] }
    // The table determines the inputs and outputs, to which weights are left.
    func room(_ layers: [Int]) -> Int {
      Int((Double(maximumParameterCount) - NetworkSize.betweenLayers(layers)) / Double((layers.max() ?? 1) + 1))
    }
    let advice = SmallerSetting.layers(job.hidden) { room($0) >= ampleInputs }.map { layers in
      "use smaller layers: \(layers.text) leaves room for \(NumberText.grouped(room(layers))) inputs and outputs"
    }
    return [
      job.fault(
        \.hidden,
        "\(job.hidden.text) makes at least \(NetworkSize.text(Int(exactly: count.rounded()) ?? .max)); the maximum is "
          + "\(NumberText.grouped(maximumParameterCount)); \(advice ?? "use fewer layers")")
    ]
  }

  /// Rule E42: a regression distribution supports only its own loss.
  private static func objectiveFaults(of job: JobFile) -> [DocumentFault] {
    guard let allowed = job.distribution.losses, !allowed.contains(job.loss) else { return [] }
    let words = allowed.map(\.rawValue).joined(separator: " or ")
    return [
      job.fault(\.loss, "must be \(words) with distribution \(job.distribution.rawValue), found \(job.loss.rawValue)")
    ]
  }

  /// Rule E45.
  private static func tweedieFaults(of job: JobFile) -> [DocumentFault] {
    let power = job.tweediePower
    if job.followsH2O, power <= 1 || power >= 2 {
      return [job.fault(\.tweediePower, "must be above 1 and below 2 in H2O 3.46, found \(power.text)")]
    }
    guard power > 0, power < 1 else { return [] }
    return [
      job.fault(
        \.tweediePower,
        "is \(power.text), for which no distribution exists; use 0 (gaussian) or a value from 1 (poisson) to 2 (gamma)"
      )
    ]
  }

  private static func stoppingFaults(of job: JobFile) -> [DocumentFault] {
    switch job.stoppingMetric {
    case .custom where job.customMetricFunc == nil, .customIncreasing where job.customMetricFunc == nil:
      return [
        job.fault(
          \.stoppingMetric,
          "is \(job.stoppingMetric.rawValue), which needs a custom_metric_func; add one, or choose another metric")
      ]
    case .r2 where job.followsH2O:
      return [
        job.fault(
          \.stoppingMetric,
          "is r2, which was removed from H2O before 3.46; use another metric, or compatibility: documentation")
      ]
    default:
      return []
    }
  }

  /// Rules E24, E52 and E57: keys that an autoencoder does not support.
  private static func autoencoderFaults(of job: JobFile) -> [DocumentFault] {
    guard job.autoencoder else { return [] }
    var faults: [DocumentFault] = []
    if job.responseColumn != nil {
      faults.append(
        job.fault(\.responseColumn, "is unsupported for autoencoders; remove it, or move the column to ignored_columns")
      )
    }
    if job.activation == .maxout || job.activation == .maxoutWithDropout {
      faults.append(job.fault(\.activation, "Maxout is unsupported for autoencoders; use Tanh or Rectifier"))
    }
    if job.loss == .crossEntropy {
      faults.append(job.fault(\.loss, "CrossEntropy needs classes, which an autoencoder does not have; use Automatic"))
    }
    if ![.auto, .mse].contains(job.stoppingMetric) {
      faults.append(
        job.fault(\.stoppingMetric, "must be AUTO or MSE for an autoencoder, found \(job.stoppingMetric.rawValue)"))
    }
    if job.categoricalEncoding == .sortByResponse {
      faults.append(
        job.fault(\.categoricalEncoding, "SortByResponse needs a response, which an autoencoder does not have"))
    }
    let needingResponse: [(key: ParameterKey, isUsed: Bool)] = [
      (\.offsetColumn, job.offsetColumn != nil), (\.balanceClasses, job.balanceClasses),
      (\.customMetricFunc, job.customMetricFunc != nil),
    ]
    for (key, isUsed) in needingResponse where isUsed {
      faults.append(job.fault(key, "needs a response, which an autoencoder does not have; remove it"))
    }
    return faults
  }

  /// Rule E18.
  private static func balanceFaults(of job: JobFile) -> [DocumentFault] {
    guard job.isGiven(\.classSamplingFactors), !job.balanceClasses else { return [] }
    return [job.fault(\.classSamplingFactors, "needs balance_classes: true; add it, or remove class_sampling_factors")]
  }

  /// Rules E13 and E14, as far as they concern names: a column can have only one role.
  private static func columnFaults(of job: JobFile) -> [DocumentFault] {
    let keys: [ParameterKey] = [\.weightsColumn, \.offsetColumn]
    for key in keys {
      let faults = job.roleFaults(key, onlyResponse: true)
      if !faults.isEmpty { return faults }
    }
    guard Set(job.columnNames).count != job.columnNames.count else { return [] }
    return [job.fault(\.columnNames, "contains a name twice; every column needs a unique name")]
  }

  /// Rules E58, E60 and E61, and the limits of mini-batches.
  private static func sparsityFaults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    if job.sparse, job.elasticAveraging {
      faults.append(job.fault(\.elasticAveraging, "cannot be combined with sparse; remove one of them"))
    }
    if job.sparsityBeta > 0, !job.autoencoder {
      faults.append(job.fault(\.sparsityBeta, "applies only to autoencoders; remove it, or set autoencoder: true"))
    }
    if job.autoencoder, job.sparsityBeta > 0 {
      let isBounded = ![.rectifier, .rectifierWithDropout, .maxout, .maxoutWithDropout].contains(job.activation)
      if isBounded, !(job.averageActivation > -1 && job.averageActivation < 1) {
        faults.append(
          job.fault(
            \.averageActivation,
            "must be above -1 and below 1 with activation \(job.activation.rawValue), found \(job.averageActivation.text)"
          ))
      } else if !isBounded, job.averageActivation <= 0 {
        faults.append(
          job.fault(
            \.averageActivation,
            "must be above 0 with activation \(job.activation.rawValue), found \(job.averageActivation.text)"))
      }
      if job.miniBatchSize > 1, !job.followsH2O {
        faults.append(
          job.fault(
            \.miniBatchSize, "must be 1 with sparsity_beta, which updates row by row, found \(job.miniBatchSize)"))
      }
    }
    if job.autoencoder, job.maxCategoricalFeatures < Int(Int32.max) {
      faults.append(
        job.fault(
          \.maxCategoricalFeatures, "is unsupported for autoencoders, which must reconstruct every level; remove it"))
    }
    return faults
  }

  /// Rules E6 to E10, as far as they concern names, and E56: cross-validation.
  private static func validationFaults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    if job.nfolds > 1, job.foldColumn != nil {
      faults.append(
        job.fault(\.nfolds, "cannot be combined with fold_column, which defines the folds; remove one of them"))
    }
    if job.isCrossValidated, job.autoencoder {
      faults.append(
        job.fault(job.foldColumn == nil ? \.nfolds : \.foldColumn, "is unsupported for autoencoders; remove it"))
    }
    if job.foldAssignment != .auto {
      if job.foldColumn != nil {
        faults.append(job.fault(\.foldAssignment, "cannot be combined with fold_column; remove one of them"))
      } else if job.nfolds == 0 {
        faults.append(job.fault(\.foldAssignment, "needs nfolds; add nfolds: 5, or remove it"))
      }
    }
    return faults + job.roleFaults(\.foldColumn)
  }

  /// Rules E7, E23 and E35: limits of a model that starts from an earlier one.
  private static func restartFaults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    if job.checkpoint != nil {
      if job.isCrossValidated {
        faults.append(job.fault(\.checkpoint, "cannot be combined with cross-validation; remove one of them"))
      }
      let starts: [(key: ParameterKey, isUsed: Bool)] = [
        (\.initialWeights, !job.initialWeights.isEmpty), (\.initialBiases, !job.initialBiases.isEmpty),
        (\.pretrainedAutoencoder, job.pretrainedAutoencoder != nil),
      ]
      for (key, isUsed) in starts where isUsed {
        faults.append(
          job.fault(key, "cannot be combined with checkpoint, which provides the weights; remove one of them"))
      }
    }
    faults += pairFaults(of: job, \.initialWeights, without: \.initialBiases)
    faults += pairFaults(of: job, \.initialBiases, without: \.initialWeights)
    if job.pretrainedAutoencoder != nil, job.autoencoder {
      faults.append(
        job.fault(
          \.pretrainedAutoencoder, "applies only to models with a response; to continue an autoencoder, use checkpoint")
      )
    }
    return faults
  }

  /// Returns a fault if one of initial weights and biases is given without the other.
  private static func pairFaults(
    of job: JobFile, _ key: KeyPath<ParameterCatalogue, Parameter<[String?]>>,
    without other: KeyPath<ParameterCatalogue, Parameter<[String?]>>
  ) -> [DocumentFault] {
    let isGiven = job[dynamicMember: key].contains { $0 != nil }
    guard isGiven, job[dynamicMember: other].isEmpty else { return [] }
    let name = ParameterCatalogue.shared.row(other).key
    return [
      job.fault(
        key,
        "is given without \(name), but a layer needs both; add \(name) with one file per layer")
    ]
  }
}
