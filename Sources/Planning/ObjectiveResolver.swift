internal import DataFrames
internal import DeepLearning
internal import JobFiles

/// Resolves distribution and loss from the job and the type of the response
/// (h2o-behaviour.md#losses-and-distributions).
struct ObjectiveResolver {
  private let job: JobFile
  private let compatibility: Compatibility

  init(_ job: JobFile, _ compatibility: Compatibility) {
    self.job = job
    self.compatibility = compatibility
  }

  /// - Throws: ``TrainingError/unfit(_:)`` for rules E36, E38, E40 and E41, and for a
  ///   response out of range.
  func resolve(_ response: Column) throws(TrainingError) -> Objective {
    response.levels == nil ? try .regression(checkedDistribution(response)) : try .classification(classificationLoss())
  }

  /// Resolves the objective of an autoencoder; distribution and loss act as for a numeric response.
  func resolveReconstruction() throws(TrainingError) -> Objective {
    guard job.distribution.response != .classes else {
      throw unfit(
        \.distribution,
        "\(job.distribution.rawValue) needs a categorical response, but an autoencoder has none; use AUTO or a "
          + "distribution for numeric responses")
    }
    return .reconstruction(distribution)
  }

  private func classificationLoss() throws(TrainingError) -> ClassificationLoss {
    guard job.distribution.response != .numbers else {
      throw unfit(
        \.distribution,
        "\(job.distribution.rawValue) needs a numeric response, but '\(name)' is categorical; use AUTO, or set "
          + "column_types: {\(name.text): real} if its levels are numbers")
    }
    switch job.loss {
    case .automatic, .crossEntropy: return .crossEntropy
    case .quadratic: return .quadratic
    case .absolute, .huber:
      guard !compatibility.has(.classesNeedCrossEntropyOrQuadratic) else {
        throw unfit(\.loss, "for classification must be Automatic, CrossEntropy or Quadratic in H2O 3.46")
      }
      return job.loss == .absolute ? .absolute : .huber
    case .quantile:
      throw unfit(
        \.loss, "\(job.loss.rawValue) needs a numeric response, but '\(name)' is categorical; use Automatic")
    }
  }

  private func checkedDistribution(_ response: Column) throws(TrainingError) -> Distribution {
    if job.loss == .crossEntropy {
      throw unfit(
        \.loss,
        "CrossEntropy needs a categorical response, but '\(name)' is numeric; set column_types: {\(name.text): enum}, or "
          + "use another loss")
    }
    if job.distribution.response == .classes {
      throw unfit(
        \.distribution,
        "\(job.distribution.rawValue) needs a categorical response, but '\(name)' is numeric; set column_types: "
          + "{\(name.text): enum}, or use AUTO")
    }
    if !distribution.hasIdentityLink, ColumnStatistics(response).minimum < 0 {
      throw unfit(
        \.distribution,
        "\(distribution.name) needs a response of at least 0, but '\(name)' has negative values; use gaussian, or shift "
          + "the response")
    }
    return distribution
  }

  /// The distribution of a numeric response: that of the job or, without one, of its loss.
  private var distribution: Distribution {
    let choice = job.distribution.response == .numbers ? job.distribution : job.loss.distribution
    return switch choice {
    case .auto, .bernoulli, .multinomial, .gaussian: .gaussian
    case .laplace: .laplace
    case .huber: .huber
    case .quantile: .quantile(alpha: job.quantileAlpha)
    case .poisson: .poisson
    case .gamma: .gamma
    case .tweedie: tweedie
    }
  }

  /// The tweedie distribution; powers 0, 1 and 2 are other distributions.
  private var tweedie: Distribution {
    switch job.tweediePower {
    case 0: .gaussian
    case 1: .poisson
    case 2: .gamma
    default: .tweedie(power: job.tweediePower)
    }
  }

  /// Returns the distribution of a resolved objective, as job files name it.
  static func distribution(of objective: Objective, classCount: Int) -> DistributionChoice {
    switch objective {
    case .classification: classCount == 2 ? .bernoulli : .multinomial
    case .regression(let distribution), .reconstruction(let distribution):
      switch distribution {
      case .gaussian: .gaussian
      case .laplace: .laplace
      case .huber: .huber
      case .quantile: .quantile
      case .poisson: .poisson
      case .gamma: .gamma
      case .tweedie: .tweedie
      }
    }
  }

  private var name: String { job.responseColumn ?? "" }

  private func unfit(_ key: ParameterKey, _ message: String) -> TrainingError { .unfit([job.fault(key, message)]) }
}
