internal import DataFrames
internal import DeepLearning
internal import Threads

/// Several trainers that run on several threads, each with entries of its own.
struct SideBySide<Engine: NetworkTrainer> {
  let trainers: [RowTrainer<Engine>]
  /// The number of trainers that run at the same time.
  let threads: Int

  /// Trains on one piece of the row order per trainer, and returns the number of rows that each has trained.
  ///
  /// `samplesBefore`: The rows that count as trained before each piece.
  func train(_ pieces: [[Int]], samplesBeforeIteration: Int, samplesBefore: [Int]) -> [Int] {
    precondition(pieces.count == trainers.count, "\(pieces.count) pieces for \(trainers.count) trainers")
    var counts = [Int](repeating: 0, count: trainers.count)
    counts.withUnsafeMutableBufferPointer { buffer in
      // One thread runs each trainer and writes its count.
      nonisolated(unsafe) let counts = buffer
      nonisolated(unsafe) let trainers = trainers
      ParallelLoop.run(trainers.count, threads: threads) { number in
        counts[number] = trainers[number].train(
          pieces[number], samplesBeforeIteration: samplesBeforeIteration, samplesBefore: samplesBefore[number])
      }
    }
    return counts
  }
}

extension Range<Int> {
  /// Returns the range in pieces: of equal length, except that the last ones may be shorter or empty.
  func pieces(_ count: Int) -> [Range<Int>] {
    let length = (self.count + count - 1) / count
    return (0..<count).map { number in
      let start = Swift.min(lowerBound + number * length, upperBound)
      return start..<Swift.min(start + length, upperBound)
    }
  }
}
