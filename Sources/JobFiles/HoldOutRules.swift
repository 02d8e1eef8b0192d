/// Rules of ``HoldOutParameters`` that can be checked without looking at the data.
enum HoldOutRules {
  static func faults(of job: JobFile) -> [JobFileFault] {
    splitFaults(of: job) + groupFaults(of: job) + ownKeyFaults(of: job)
  }

  /// Rows are held out in one way only.
  private static func splitFaults(of job: JobFile) -> [JobFileFault] {
    guard job.validationFraction > 0 else { return [] }
    var faults: [JobFileFault] = []
    if job.validationFrame != nil {
      faults.append(
        job.fault(
          "validation_fraction", "is not possible with validation_frame, which is a table of its own; remove one"))
    }
    if job.nfolds > 1 || job.foldColumn != nil {
      faults.append(
        job.fault(
          "validation_fraction",
          "is not possible with \(job.nfolds > 1 ? "nfolds" : "fold_column"): cross-validation holds out every row once; "
            + "remove one"))
    }
    return faults
  }

  private static func groupFaults(of job: JobFile) -> [JobFileFault] {
    [
      ("response_column", job.responseColumn), ("weights_column", job.weightsColumn),
      ("offset_column", job.offsetColumn), ("fold_column", job.foldColumn),
    ].filter { $0.1 != nil && $0.1 == job.groupColumn }
      .map { key, _ in job.fault("group_column", "is the \(key) too; a column has one role") }
  }

  /// What changes the network in a way that H2O has no words for.
  private static func ownKeyFaults(of job: JobFile) -> [JobFileFault] {
    var faults: [JobFileFault] = []
    if job.classWeight != nil, job.autoencoder {
      faults.append(job.fault("class_weight", "needs a response, which an autoencoder has not"))
    }
    guard job.quirks.contains(.ownTrainingKeysAreUnknown) else { return faults }
    for (key, isUsed, instead) in [
      ("class_weight", job.classWeight != nil, "; balance_classes is what H2O has"),
      ("missing_indicators", job.missingIndicators, ""),
    ] where isUsed {
      faults.append(
        job.fault(key, "is unknown to H2O 3.46\(instead); remove it, or use compatibility: documentation"))
    }
    return faults
  }
}

extension JobFile {
  /// Whether the model is measured on rows that it does not train on, beside those of cross-validation.
  package var hasValidationTable: Bool { self.validationFrame != nil || self.validationFraction > 0 }
}
