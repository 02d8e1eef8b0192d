internal import DeepLearning

/// A loop that trains this rank's copies of a network.
protocol CopyLoop: SampleLoop {
  /// The entries between two averaging steps; all ranks have the same number.
  var unit: Int { get set }

  /// The copies of this rank, without their consensus.
  var ownCopies: [NetworkState] { get }
}
