internal import DataFrames
internal import DeepLearning

/// Deals the entries of a range out to several trainers, one piece each in order, and lets threads run them.
struct SideBySide {
  let trainers: [RowTrainer<FastTrainer>]
  /// How many trainers run at the same time.
  let threads: Int

  /// Trains on `order[range]` and returns how many rows each trainer has trained on.
  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> [Int] {
    let pieceEntries = (range.count + trainers.count - 1) / trainers.count
    var counts = [Int](repeating: 0, count: trainers.count)
    counts.withUnsafeMutableBufferPointer { buffer in
      // Each trainer is run by one thread, each count written by one.
      nonisolated(unsafe) let counts = buffer
      nonisolated(unsafe) let trainers = trainers
      ParallelLoop.run(threads) { [threads] thread in
        for number in stride(from: thread, to: trainers.count, by: threads) {
          let start = min(range.lowerBound + number * pieceEntries, range.upperBound)
          let piece = start..<min(start + pieceEntries, range.upperBound)
          counts[number] = trainers[number].train(
            order, range: piece, samplesBeforeIteration: samplesBeforeIteration,
            samplesBefore: samplesBefore + piece.lowerBound - range.lowerBound)
        }
      }
    }
    return counts
  }
}
