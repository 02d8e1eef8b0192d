internal import JobFiles
internal import Training

/// The division of training into iterations.
extension TrainingPlanner {
  /// The value of train_samples_per_iteration that leaves the choice to deepspool.
  var automaticSamples: Int { -2 }

  /// Whether rows are trained in file order: only if shuffle_training_data is explicitly false.
  private var walksFile: Bool { job.isGiven(\.shuffleTrainingData) && !job.shuffleTrainingData }

  var orderWarnings: [String] {
    guard walksFile, !compatibility.has(.iterationsDrawRows) else { return [] }
    return [
      "shuffle_training_data is false: rows are trained in file order, which degrades models of sorted tables"
    ]
  }

  /// Returns the schedule of the job.
  ///
  /// - `rowCount`: The number of rows of the training table after balancing.
  /// - `usableRows`: The number of usable rows among them.
  func schedule(
    rowCount: Int, usableRows: Int, weights: RowWeights, isReproducible: Bool
  ) -> IterationSchedule {
    guard compatibility.has(.iterationsDrawRows) else {
      return IterationSchedule(
        usableRows: usableRows, epochs: job.epochs, request: job.trainSamplesPerIteration,
        isReproducible: isReproducible, formsConsensus: job.elasticAveraging,
        walksFile: walksFile)
    }
    return IterationSchedule(
      rowCount: rowCount, epochRows: weights.epochRows(rowCount: rowCount), epochs: job.epochs,
      request: job.trainSamplesPerIteration, isReproducible: isReproducible, shuffles: job.shuffleTrainingData)
  }

  /// Limits on the row order of an iteration, which is held in memory: passes over a small
  /// table, and rows.
  private static let maximumIterationPasses = 100
  private static let maximumIterationSamples = 10_000_000

  func refuseTooLong(_ schedule: IterationSchedule) throws(TrainingError) {
    let limit = max(Self.maximumIterationSamples, Self.maximumIterationPasses * schedule.rowCount)
    guard !schedule.isSequential, schedule.samplesPerIteration > limit else { return }
    throw .unfit([
      job.fault(
        \.trainSamplesPerIteration,
        "makes iterations of \(schedule.samplesPerIteration) rows; the maximum is \(limit)")
    ])
  }
}
