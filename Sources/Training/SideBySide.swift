internal import DataFrames
internal import DeepLearning

/// Several trainers that share the entries of a range, one contiguous piece each, and run on several threads.
struct SideBySide {
  let trainers: [RowTrainer<FastTrainer>]
  /// The number of trainers that run at the same time.
  let threads: Int

  /// Trains on `order[range]` and returns the number of rows that each trainer has trained.
  func train(_ order: [Int], range: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int) -> [Int] {
    let pieceEntries = (range.count + trainers.count - 1) / trainers.count
    var counts = [Int](repeating: 0, count: trainers.count)
    counts.withUnsafeMutableBufferPointer { buffer in
      // One thread runs each trainer and writes its count.
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
