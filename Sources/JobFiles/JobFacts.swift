/// A job, with the properties of its table that decide whether a parameter has an effect.
package struct JobFacts: Sendable {
  package let job: JobFile
  /// The number of classes; 1 for a numeric response and for an autoencoder.
  package let classCount: Int
  /// The resolved distribution.
  package let distribution: DistributionChoice
  /// Whether the model belongs to a fold and is scored on the rows that the fold holds out.
  package let isFold: Bool

  package init(job: JobFile, classCount: Int, distribution: DistributionChoice, isFold: Bool) {
    self.job = job
    self.classCount = classCount
    self.distribution = distribution
    self.isFold = isFold
  }

  var isClassifier: Bool { classCount > 1 }

  var isCrossValidated: Bool { job.isCrossValidated || isFold }

  /// A warning for each given key that has no effect.
  package var inactiveKeys: [String] {
    ParameterCatalogue.shared.allRows.compactMap { row in
      guard job.isGiven(row), let reason = row.activeWhen?.reasonAgainst(self) else { return nil }
      return "\(row.key) has no effect: \(reason)"
    }
  }
}
