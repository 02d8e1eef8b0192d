package import JobFiles

/// The settings of a model that follow from other settings of its job.
package struct SettingsInForce: Sendable {
  private static let retries = 2

  private let job: JobFile
  private let compatibility: Compatibility

  package init(_ job: JobFile, _ compatibility: Compatibility) {
    self.job = job
    self.compatibility = compatibility
  }

  /// The number of retries of an unstable training.
  package var unstableRetries: Int {
    job.unstableRetries ?? (compatibility.has(.unstableTrainingFails) ? 0 : Self.retries)
  }

  /// Whether this is a sparse autoencoder that keeps its mean activation even at the cost of its error.
  private var holdsActivations: Bool {
    job.autoencoder && job.sparsityBeta > 0 && !compatibility.has(.sparsityIsPenalty)
  }

  /// The job with these settings applied.
  package var settled: JobFile {
    guard holdsActivations else { return job }
    var job = job
    // The network with the smallest error is an early one, whose activations were not yet held
    // at their target.
    job.compute(false, for: \.overwriteWithBestModel)
    return job
  }

  /// A warning if these settings override a given `overwrite_with_best_model`.
  package var bestModelWarning: String? {
    guard holdsActivations, job.isGiven(\.overwriteWithBestModel), job.overwriteWithBestModel else { return nil }
    return "overwrite_with_best_model has no effect: a sparse autoencoder keeps its last network, which has the "
      + "average_activation; the network with the smallest error may not"
  }
}
