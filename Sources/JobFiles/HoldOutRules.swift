internal import Documents

/// Validation rules for ``HoldOutParameters`` that do not need the data.
enum HoldOutRules {
  static func faults(of job: JobFile) -> [DocumentFault] {
    splitFaults(of: job) + job.roleFaults(\.groupColumn) + ownKeyFaults(of: job)
  }

  /// Returns a fault for each second way of holding out rows.
  private static func splitFaults(of job: JobFile) -> [DocumentFault] {
    guard job.validationFraction > 0 else { return [] }
    var faults: [DocumentFault] = []
    if job.validationFrame != nil {
      faults.append(
        job.fault(
          \.validationFraction, "cannot be combined with validation_frame; remove one of them"))
    }
    if job.isCrossValidated {
      faults.append(
        job.fault(
          \.validationFraction,
          "cannot be combined with \(job.nfolds > 1 ? "nfolds" : "fold_column"), because cross-validation holds out every "
            + "row once; remove one of them"))
    }
    return faults
  }

  /// Returns the faults of keys that change the network in a way that H2O does not support.
  private static func ownKeyFaults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    if job.classWeight != nil, job.autoencoder {
      faults.append(job.fault(\.classWeight, "needs a response, which an autoencoder does not have; remove it"))
    }
    guard job.followsH2O else { return faults }
    let ownKeys: [(key: ParameterKey, isUsed: Bool, instead: String)] = [
      (\.classWeight, job.classWeight != nil, ", which has balance_classes instead"),
      (\.missingIndicators, job.missingIndicators, ""),
    ]
    for (key, isUsed, instead) in ownKeys where isUsed {
      faults.append(
        job.fault(key, "is unsupported in H2O 3.46\(instead); remove it, or use compatibility: documentation"))
    }
    return faults
  }
}

extension JobFile {
  /// Whether the job has validation rows, apart from those of cross-validation.
  package var hasValidationTable: Bool { self.validationFrame != nil || self.validationFraction > 0 }

  /// Whether the job asks for cross-validation.
  package var isCrossValidated: Bool { self.nfolds > 1 || self.foldColumn != nil }
}
