internal import Documents

/// Validation rules for jobs of `kind: predict`.
enum PredictionRules {
  /// Returns the faults of a job of `kind: predict`.
  static func faults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    if !job.isStated(\.model) {
      faults.append(job.fault(\.model, "is missing: add the id or the path of a finished model"))
    }
    if !job.isStated(\.frame) { faults.append(job.fault(\.frame, "is missing: add the path of the table to predict")) }
    if job.perFeature, !job.anomaly {
      faults.append(
        job.fault(\.perFeature, "needs anomaly: true, because it writes the reconstruction error of each input"))
    }
    if job.deepFeatures != nil, job.anomaly {
      faults.append(job.fault(\.deepFeatures, "cannot be combined with anomaly; use two jobs"))
    }
    if job.contributions, job.anomaly || job.deepFeatures != nil {
      faults.append(
        job.fault(\.contributions, "cannot be combined with \(job.anomaly ? "anomaly" : "deep_features"); use two jobs")
      )
    }
    if job.labelThreshold.probability == nil, job.isGiven(\.labelThreshold) {
      faults.append(
        job.fault(
          \.labelThreshold,
          "is \(job.labelThreshold.text), but only training can choose a threshold; set a number, or remove it"))
    }
    faults += ReadingRules.faults(of: job)
    for row in ParameterCatalogue.shared.allRows where job.isGiven(row) && !row.appliesToPredictions {
      faults.append(job.fault(row, "applies only to training jobs; remove it, or remove kind: predict"))
    }
    return faults
  }

  /// Returns the faults of a training job that has keys of `kind: predict`.
  static func strayFaults(of job: JobFile) -> [DocumentFault] {
    ParameterCatalogue.shared.allRows.filter { $0.group == .prediction && job.isGiven($0) }.map {
      job.fault($0, "applies only to prediction jobs; remove it, or add kind: predict")
    }
  }
}
