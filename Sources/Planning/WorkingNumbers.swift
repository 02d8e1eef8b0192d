internal import DeepLearning
internal import Training

/// What a training keeps and computes at once, and the limits on it.
struct WorkingNumbers {
  /// The maximum count of numbers in the copies of the network, or in the activations of a
  /// mini-batch: 4 GB.
  private static let maximumNumbers = 1_000_000_000
  /// The maximum of weights times rows between two checks for a stop request: some seconds of work.
  private static let maximumUnitWork = 100_000_000_000

  let topology: NetworkTopology
  let memoriesPerWeight: Int
  /// The rows of a mini-batch.
  var batchRows: Int
  /// The copies of the network that are trained and averaged.
  var copies: Int

  private var batchNumbers: Int {
    let units = (0..<topology.weightLayers).reduce(0) { $0 + topology.units(of: $1) * topology.channels(of: $1) }
    return batchRows * (topology.inputs + 3 * units)
  }

  /// True if a mini-batch needs no more than it may.
  var fitsBatch: Bool { batchRows <= 1 || fits(batchNumbers, rows: batchRows) }

  /// True if all copies together need no more than they may.
  var fitsCopies: Bool {
    copies <= 1
      || fits(
        copies * (topology.parameterCount * (1 + memoriesPerWeight) + batchNumbers),
        rows: copies * ShardPlan.rowsBetweenAverages(batchSize: batchRows))
  }

  private func fits(_ numbers: Int, rows: Int) -> Bool {
    numbers <= Self.maximumNumbers && rows * topology.parameterCount <= Self.maximumUnitWork
  }

  /// Returns the same with mini-batches of `rows`.
  func with(batchRows rows: Int) -> WorkingNumbers {
    var other = self
    other.batchRows = rows
    return other
  }

  /// Returns the same with `count` copies.
  func with(copies count: Int) -> WorkingNumbers {
    var other = self
    other.copies = count
    return other
  }
}
