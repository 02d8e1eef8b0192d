internal import Documents

/// Validation rules for ``RecipeParameters`` that do not need the data.
enum RecipeRules {
  static func faults(of job: JobFile) -> [DocumentFault] {
    presetFaults(of: job) + lossFaults(of: job) + transformFaults(of: job) + scalingFaults(of: job)
  }

  private static func transformFaults(of job: JobFile) -> [DocumentFault] {
    guard job.numericTransform != .standardize, job.autoencoder else { return [] }
    return [
      job.fault(
        \.numericTransform,
        "\(job.numericTransform.rawValue) is unsupported for autoencoders, which scale numbers to a range of 1; remove it"
      )
    ]
  }

  private static func scalingFaults(of job: JobFile) -> [DocumentFault] {
    guard job.inputScaling, !job.followsH2O else { return [] }
    var faults: [DocumentFault] = []
    if job.updateRule != .adam {
      faults.append(job.fault(\.inputScaling, "needs optimizer: Adam; add it, or remove input_scaling"))
    }
    if job.elasticAveraging {
      faults.append(
        job.fault(\.inputScaling, "cannot be combined with elastic_averaging; remove one of them"))
    }
    return faults
  }

  private static func presetFaults(of job: JobFile) -> [DocumentFault] {
    guard let preset = job.preset else { return [] }
    if job.followsH2O {
      return [
        job.fault(
          \.preset,
          "\(preset.rawValue) cannot be combined with compatibility: h2o-3.46, which has H2O's defaults; remove one of them"
        )
      ]
    }
    guard job.autoencoder else { return [] }
    return [
      job.fault(
        \.preset, "\(preset.rawValue) is for models with a response; remove it, or autoencoder")
    ]
  }

  private static func lossFaults(of job: JobFile) -> [DocumentFault] {
    guard job.labelSmoothing > 0, ![.automatic, .crossEntropy].contains(job.loss) else { return [] }
    return [
      job.fault(
        \.labelSmoothing,
        "needs the loss CrossEntropy, but loss is \(job.loss.rawValue); remove one of them")
    ]
  }
}
