package import JobFiles

extension FoldAssignment {
  /// Returns the job of a fold's model: an ordinary job with weights, validated on the held-out rows.
  ///
  /// - `main`: The job of the main model.
  /// - `rounds`: The number of models trained in sequence, including the main model; they
  ///   share max_runtime_secs.
  package static func job(of main: JobFile, rounds: Int, _ compatibility: Compatibility) -> JobFile {
    var job = main
    // As on the reference page: choosing the best network on the held-out rows would bias its
    // metrics on them.
    if !compatibility.has(.foldModelsKeepTheBest) { job.compute(false, for: \.overwriteWithBestModel) }
    job.compute(0, for: \.nfolds)
    job.withdraw(\.validationFrame)
    job.leaveRanks()
    job.compute(String?.some(weightsColumn), for: \.weightsColumn)
    if let name = main.weightsColumn { job.compute(job.ignoredColumns + [name], for: \.ignoredColumns) }
    if job.maxRuntimeSecs > 0 { job.compute(job.maxRuntimeSecs / Double(rounds), for: \.maxRuntimeSecs) }
    return job
  }

  /// Returns the job of the main model: it trains for the mean number of epochs of the folds'
  /// models and does not stop early.
  ///
  /// - `epochs`: The mean number of epochs of the folds' models.
  /// - `secondsLeft`: The time left of max_runtime_secs.
  package static func jobAfterFolds(_ main: JobFile, epochs: Double, secondsLeft: Double) -> JobFile {
    var job = main
    job.compute(false, for: \.overwriteWithBestModel)
    guard main.stoppingRounds > 0 || main.maxRuntimeSecs > 0 else { return job }
    job.compute(0, for: \.stoppingRounds)
    job.compute(epochs, for: \.epochs)
    if main.maxRuntimeSecs > 0 { job.compute(max(1e-3, secondsLeft), for: \.maxRuntimeSecs) }
    return job
  }
}
