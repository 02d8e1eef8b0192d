internal import DeepLearning

/// A loop that trains this rank's copies of a network.
protocol CopyLoop: SampleLoop {
  /// The entries between two averaging steps; all ranks have the same number.
  var unit: Int { get set }

  /// Trains on the rows at positions of the ``RowSequence``, of which each rank derives its part.
  func train(_ positions: Range<Int>, samplesBeforeIteration: Int, samplesBefore: Int)

  /// The copies of this rank, without their consensus.
  var ownCopies: [NetworkState] { get }
}
