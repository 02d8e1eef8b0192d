internal import CKernels

/// A training engine whose network can be averaged with copies of it.
package protocol AveragedTrainer: NetworkTrainer {
  /// The numbers that averaging covers, in a fixed order: weights and biases, and without elastic averaging the
  /// optimizer state.
  ///
  /// The memory belongs to the engine. It has the layout of the kernels, which engines of one topology share.
  var averagedNumbers: [UnsafeMutableBufferPointer<Float>] { get }

  /// The updates made, in all runs of the training; 0 with rules that do not count them.
  var steps: Int { get set }

  /// Moves the consensus of elastic averaging towards the mean of all copies, at the moving rate.
  ///
  /// `mean`: The averaged numbers, one part after the other.
  func formConsensus(from mean: UnsafePointer<Float>)
}

extension AveragedTrainer {
  /// Replaces the averaged numbers of each engine with the mean.
  ///
  /// `sharesOf`: True for engines that have trained since the last averaging; only these contribute to the mean.
  package static func average(_ engines: [Self], sharesOf: [Bool]) {
    guard engines.count > 1, sharesOf.contains(true) else { return }
    let copies = engines.map(\.averagedNumbers)
    for part in copies[0].indices {
      let numbers = copies.compactMap { $0[part].baseAddress }
      let sources = zip(numbers, sharesOf).filter(\.1).map { UnsafePointer($0.0) }
      mean(of: sources, into: numbers, count: copies[0][part].count)
    }
  }

  /// Writes the mean of `sources`, summed in their order, to each of `targets`.
  ///
  /// - Shapes: Each of `sources` and `targets` has `count` numbers.
  package static func mean(
    of sources: [UnsafePointer<Float>], into targets: [UnsafeMutablePointer<Float>], count: Int
  ) {
    ck_mean(targets.map { $0 }, targets.count, sources.map { $0 }, sources.count, count)
  }
}
