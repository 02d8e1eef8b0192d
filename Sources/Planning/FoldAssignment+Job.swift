package import JobFiles

extension FoldAssignment {
  /// The job of a fold's model: an ordinary one with weights, whose validation rows are those held out.
  ///
  /// - `main`: The job of the whole model.
  /// - `rounds`: How often models are trained one after the other, the whole model included; they share its time.
  package static func job(of main: JobFile, rounds: Int, _ compatibility: Compatibility) -> JobFile {
    var job = main
    // As the reference page has it: the best network would be chosen by the rows that it is then measured on.
    if !compatibility.has(.foldModelsKeepTheBest) { job.compute(false, for: \.overwriteWithBestModel) }
    job.compute(0, for: \.nfolds)
    job.withdraw(\.validationFrame)
    job.compute(String?.some(weightsColumn), for: \.weightsColumn)
    if let name = main.weightsColumn { job.compute(job.ignoredColumns + [name], for: \.ignoredColumns) }
    if job.maxRuntimeSecs > 0 { job.compute(job.maxRuntimeSecs / Double(rounds), for: \.maxRuntimeSecs) }
    return job
  }

  /// The job of the whole model: it trains as long as the folds' models did on average, and stops on no validation of its
  /// own.
  ///
  /// - `epochs`: That the folds' models were trained on average.
  /// - `secondsLeft`: Of max_runtime_secs.
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
