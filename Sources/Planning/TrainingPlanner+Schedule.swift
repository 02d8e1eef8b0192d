internal import JobFiles
internal import Training

/// How training is cut into iterations.
extension TrainingPlanner {
  /// Only an explicit false walks the rows in the order of the file.
  private var walksFile: Bool { job.isGiven(\.shuffleTrainingData) && !job.shuffleTrainingData }

  var orderWarnings: [String] {
    guard walksFile, !compatibility.has(.iterationsDrawRows) else { return [] }
    return [
      "shuffle_training_data is false: rows are visited in the order of the file, which ruins models of sorted tables"
    ]
  }

  /// The schedule of the job.
  ///
  /// - `rowCount`: Of the table that is trained on, balanced or not; `usableRows`: Those of it that can be trained on.
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

  /// The row order of an iteration lies in memory: beyond this many passes over a small table it serves nobody.
  private static let maximumIterationPasses = 100
  private static let maximumIterationSamples = 10_000_000

  func refuseTooLong(_ schedule: IterationSchedule) throws(TrainingError) {
    let limit = max(Self.maximumIterationSamples, Self.maximumIterationPasses * schedule.rowCount)
    guard !schedule.isSequential, schedule.samplesPerIteration > limit else { return }
    throw .unfit([
      job.fault(
        \.trainSamplesPerIteration, "makes iterations of \(schedule.samplesPerIteration) rows; at most \(limit)")
    ])
  }
}
