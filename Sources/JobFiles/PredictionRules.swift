/// What jobs of `kind: predict` need, and what they cannot have.
enum PredictionRules {
  /// Keys outside of their own groups that such jobs take: how the table is read, and where labels begin.
  private static let sharedKeys: Set<String> = [
    "kind", "column_types", "header", "column_names", "separator", "na_strings", "rename_levels", "skipped_columns",
    "max_bad_fields", "label_threshold",
  ]

  /// Faults of a job that predicts.
  static func faults(of job: JobFile) -> [JobFileFault] {
    var faults: [JobFileFault] = []
    if job.model == nil { faults.append(job.fault("model", "is missing: add the id or the path of a finished model")) }
    if job.frame == nil { faults.append(job.fault("frame", "is missing: add the path of the table to predict")) }
    if job.perFeature, !job.anomaly {
      faults.append(job.fault("per_feature", "needs anomaly: true, whose errors it gives for each input"))
    }
    if job.deepFeatures != nil, job.anomaly {
      faults.append(job.fault("deep_features", "and anomaly are two different outputs; use two jobs"))
    }
    if job.labelThreshold.probability == nil, job.isGiven("label_threshold") {
      faults.append(
        job.fault(
          "label_threshold",
          "is \(job.labelThreshold.text), but only training can choose a threshold; give a number, or remove it"))
    }
    for row in ParameterCatalogue.shared.allRows where job.isGiven(row.key) {
      let isKnown = row.group == .prediction || row.group == .scheduling || sharedKeys.contains(row.key)
      if !isKnown {
        faults.append(job.fault(row.key, "is for training and has no effect with kind: predict; remove it"))
      }
    }
    return faults
  }

  /// Faults of a job that trains but has keys for predicting.
  static func strayFaults(of job: JobFile) -> [JobFileFault] {
    ParameterCatalogue.shared.allRows.filter { $0.group == .prediction && job.isGiven($0.key) }.map {
      job.fault($0.key, "is for predicting and has no effect in training; remove it or add kind: predict")
    }
  }
}
