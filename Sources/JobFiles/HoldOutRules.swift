internal import Documents

/// Rules of ``HoldOutParameters`` that can be checked without looking at the data.
enum HoldOutRules {
  static func faults(of job: JobFile) -> [DocumentFault] {
    splitFaults(of: job) + job.roleFaults(\.groupColumn) + ownKeyFaults(of: job)
  }

  /// Rows are held out in one way only.
  private static func splitFaults(of job: JobFile) -> [DocumentFault] {
    guard job.validationFraction > 0 else { return [] }
    var faults: [DocumentFault] = []
    if job.validationFrame != nil {
      faults.append(
        job.fault(
          \.validationFraction, "is not possible with validation_frame, which is a table of its own; remove one"))
    }
    if job.isCrossValidated {
      faults.append(
        job.fault(
          \.validationFraction,
          "is not possible with \(job.nfolds > 1 ? "nfolds" : "fold_column"): cross-validation holds out every row once; "
            + "remove one"))
    }
    return faults
  }

  /// What changes the network in a way that H2O has no words for.
  private static func ownKeyFaults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    if job.classWeight != nil, job.autoencoder {
      faults.append(job.fault(\.classWeight, "needs a response, which an autoencoder has not"))
    }
    guard job.followsH2O else { return faults }
    let ownKeys: [(key: ParameterKey, isUsed: Bool, instead: String)] = [
      (\.classWeight, job.classWeight != nil, "; balance_classes is what H2O has"),
      (\.missingIndicators, job.missingIndicators, ""),
    ]
    for (key, isUsed, instead) in ownKeys where isUsed {
      faults.append(
        job.fault(key, "is unknown to H2O 3.46\(instead); remove it, or use compatibility: documentation"))
    }
    return faults
  }
}

extension JobFile {
  /// Whether the model is measured on rows that it does not train on, beside those of cross-validation.
  package var hasValidationTable: Bool { self.validationFrame != nil || self.validationFraction > 0 }

  /// Whether the job asks for cross-validation.
  package var isCrossValidated: Bool { self.nfolds > 1 || self.foldColumn != nil }
}
