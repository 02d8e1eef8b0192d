internal import Documents

/// Validation rules for ``HoldOutParameters`` that do not need the data.
enum HoldOutRules {
  static func faults(of job: JobFile) -> [DocumentFault] {
    splitFaults(of: job) + job.roleFaults(\.groupColumn) + classWeightFaults(of: job)
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

  private static func classWeightFaults(of job: JobFile) -> [DocumentFault] {
    guard job.classWeight != nil, job.autoencoder else { return [] }
    return [job.fault(\.classWeight, "needs a response, which an autoencoder does not have; remove it")]
  }
}

extension JobFile {
  /// Whether the job has validation rows, apart from those of cross-validation.
  package var hasValidationTable: Bool { self.validationFrame != nil || self.validationFraction > 0 }

  /// Whether the job asks for cross-validation.
  package var isCrossValidated: Bool { self.nfolds > 1 || self.foldColumn != nil }
}
