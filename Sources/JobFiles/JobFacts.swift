/// A job and what its table says that decides whether a parameter has an effect.
package struct JobFacts: Sendable {
  package let job: JobFile
  /// Classes of the response; 1 for a number and for an autoencoder.
  package let classCount: Int
  /// The distribution in force, by its name in job files.
  package let distribution: String
  /// Whether the model is that of a fold, which is measured on the rows that are held out from it.
  package let isFold: Bool

  package init(job: JobFile, classCount: Int, distribution: String, isFold: Bool) {
    self.job = job
    self.classCount = classCount
    self.distribution = distribution
    self.isFold = isFold
  }

  var isClassifier: Bool { classCount > 1 }

  var isCrossValidated: Bool { job.isCrossValidated || isFold }

  /// A sentence for each key that was given although nothing comes of it: nothing is ignored silently.
  package var inactiveKeys: [String] {
    ParameterCatalogue.shared.allRows.compactMap { row in
      guard job.isGiven(row), let reason = row.activeWhen?.reasonAgainst(self) else { return nil }
      return "\(row.key) has no effect: \(reason)"
    }
  }
}
