internal import Models

extension TrainingProgress {
  /// - Throws: ``SealedFileError/implausible(_:)`` with the first value that no training produces.
  func check() throws(SealedFileError) {
    for (name, count) in [
      ("iteration", iteration), ("samples", samples), ("samplesBeforeIteration", samplesBeforeIteration),
      ("visited", visited), ("position", position),
    ] where !PlausibleRanges.counts.contains(count) {
      throw .implausible("progress.\(name) \(count)")
    }
    guard samplesBeforeIteration <= samples else {
      throw .implausible("progress.samplesBeforeIteration \(samplesBeforeIteration)")
    }
    for (name, seconds) in [("elapsedSeconds", elapsedSeconds), ("averagingSeconds", averagingSeconds)]
    where !PlausibleRanges.seconds.contains(seconds) {
      throw .implausible("progress.\(name) \(seconds)")
    }
    if let rowSet {
      guard (1...Int(Int32.max)).contains(rowSet.count), position / rowSet.count <= Self.maximumEpochs else {
        throw .implausible("progress.rowSet.count \(rowSet.count)")
      }
    }
    guard trainedMissingUnits.allSatisfy((0..<Int(Int32.max)).contains) else {
      throw .implausible("progress.trainedMissingUnits")
    }
  }
}

extension ScoringHistoryRow {
  /// - `index`: The number of the row, for the message.
  /// - `metricCount`: The number of values that the other rows have.
  /// Throws ``SealedFileError/implausible(_:)`` with the first value that no training produces.
  func check(index: Int, metricCount: Int) throws(SealedFileError) {
    func refuse(_ name: String, _ value: some CustomStringConvertible) -> SealedFileError {
      .implausible("history[\(index)].\(name) \(value)")
    }
    guard PlausibleRanges.timestamps.contains(timestampSeconds) else {
      throw refuse("timestampSeconds", timestampSeconds)
    }
    guard PlausibleRanges.seconds.contains(elapsedSeconds) else { throw refuse("elapsedSeconds", elapsedSeconds) }
    if let samplesPerSecond, !PlausibleRanges.speeds.contains(samplesPerSecond) {
      throw refuse("samplesPerSecond", samplesPerSecond)
    }
    guard PlausibleRanges.epochs.contains(epochs) else { throw refuse("epochs", epochs) }
    guard PlausibleRanges.counts.contains(iterations) else { throw refuse("iterations", iterations) }
    guard PlausibleRanges.counts.contains(samples) else { throw refuse("samples", samples) }
    guard !training.isEmpty, training.count == metricCount else {
      throw refuse("training", "has \(training.count) values")
    }
    guard validation?.count ?? metricCount == metricCount else {
      throw refuse("validation", "has \(validation?.count ?? 0) values")
    }
  }
}

extension DeliveredNetwork {
  /// - Throws: ``SealedFileError/implausible(_:)`` for a position that no training reaches.
  func check() throws(SealedFileError) {
    guard PlausibleRanges.epochs.contains(epochs), PlausibleRanges.counts.contains(iteration ?? 0),
      range.map({ PlausibleRanges.epochs.contains($0.lowerBound) && PlausibleRanges.epochs.contains($0.upperBound) })
        ?? true
    else { throw .implausible("network.epochs \(epochs)") }
  }
}

extension ScoringRecord {
  /// - Throws: ``SealedFileError/implausible(_:)`` with the first value that no scoring produces.
  func check() throws(SealedFileError) {
    guard PlausibleRanges.seconds.contains(scoringSeconds) else {
      throw .implausible("scoringSeconds \(scoringSeconds)")
    }
    let metricCount = history.first?.training.count ?? 0
    for (index, row) in history.enumerated() { try row.check(index: index, metricCount: metricCount) }
    try best?.origin?.check()
  }
}
