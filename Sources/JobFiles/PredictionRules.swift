internal import Documents

/// What jobs of `kind: predict` need, and what they cannot have.
enum PredictionRules {
  /// Faults of a job that predicts.
  static func faults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    if job.model == nil { faults.append(job.fault(\.model, "is missing: add the id or the path of a finished model")) }
    if job.frame == nil { faults.append(job.fault(\.frame, "is missing: add the path of the table to predict")) }
    if job.perFeature, !job.anomaly {
      faults.append(job.fault(\.perFeature, "needs anomaly: true, whose errors it gives for each input"))
    }
    if job.deepFeatures != nil, job.anomaly {
      faults.append(job.fault(\.deepFeatures, "and anomaly are two different outputs; use two jobs"))
    }
    if job.labelThreshold.probability == nil, job.isGiven(\.labelThreshold) {
      faults.append(
        job.fault(
          \.labelThreshold,
          "is \(job.labelThreshold.text), but only training can choose a threshold; give a number, or remove it"))
    }
    for row in ParameterCatalogue.shared.allRows where job.isGiven(row) && !row.appliesToPredictions {
      faults.append(job.fault(row, "is for training and has no effect with kind: predict; remove it"))
    }
    return faults
  }

  /// Faults of a job that trains but has keys for predicting.
  static func strayFaults(of job: JobFile) -> [DocumentFault] {
    ParameterCatalogue.shared.allRows.filter { $0.group == .prediction && job.isGiven($0) }.map {
      job.fault($0, "is for predicting and has no effect in training; remove it or add kind: predict")
    }
  }
}
