package import JobFiles

/// The settings that a model is trained with where they follow from others and are not simply those of its job.
package struct SettingsInForce: Sendable {
  private static let retries = 2

  private let job: JobFile
  private let compatibility: Compatibility

  package init(_ job: JobFile, _ compatibility: Compatibility) {
    self.job = job
    self.compatibility = compatibility
  }

  /// How often an unstable training is tried again.
  package var unstableRetries: Int {
    job.unstableRetries ?? (compatibility.has(.unstableTrainingFails) ? 0 : Self.retries)
  }

  /// Whether this is a sparse autoencoder whose mean activation counts for more than its error.
  private var holdsActivations: Bool {
    job.autoencoder && job.sparsityBeta > 0 && !compatibility.has(.sparsityIsPenalty)
  }

  /// The job with these settings.
  package var settled: JobFile {
    guard holdsActivations else { return job }
    var job = job
    // The network with the smallest error is one from before the activations were held down.
    job.compute(false, for: \.overwriteWithBestModel)
    return job
  }

  /// What is to be said about a given `overwrite_with_best_model` that this overrules.
  package var bestModelWarning: String? {
    guard holdsActivations, job.isGiven(\.overwriteWithBestModel), job.overwriteWithBestModel else { return nil }
    return "overwrite_with_best_model has no effect: a sparse autoencoder keeps its last network, which has the "
      + "average_activation; the one with the smallest error may not"
  }
}
