/// The division of a training into iterations.
package struct IterationSchedule: Sendable, Hashable, Codable {
  /// The order in which rows are visited.
  package enum RowVisits: String, Sendable, Hashable, Codable {
    /// Every epoch visits each usable row once, in a new random permutation, which the iterations consume.
    case permutations
    /// Every epoch visits each usable row once, in the order of the file.
    case fileOrder
    /// Every iteration draws its rows, or reads the file in order if it is a whole number of passes, as in H2O.
    case drawnPerIteration
    /// As above, but whole passes are shuffled too.
    case shuffledPerIteration
  }

  /// The rows of the training table.
  package let rowCount: Int
  /// The rows per epoch.
  package let epochRows: Int
  package let epochs: Double
  package let samplesPerIteration: Int
  package let visits: RowVisits

  /// The largest automatic iteration in rows, as in H2O.
  private static let maximumAutomaticSamples = 100_000
  /// H2O's automatic iteration: at most this fraction of the training, and at most this many epochs.
  private static let drawnIterations = 10.0
  /// The number of automatic iterations with permutations: enough for stopping rules to act, at no cost.
  private static let permutedIterations = 100.0
  /// The limit of an automatic iteration for tables with fewer rows; for larger tables, the limit is one epoch.
  private static let smallTable = 1000
  /// The largest number of rows; no training finishes more.
  private static let maximumSamples = 1e15

  /// Creates the schedule with permutations or in file order.
  ///
  /// - `request`: train_samples_per_iteration: -2 is automatic, -1 and 0 are one epoch, other values are rows.
  /// - `usableRows`: The rows that can be trained on.
  /// - `formsConsensus`: True with elastic averaging, where the network depends on the length of iterations.
  package init(
    usableRows: Int, epochs: Double, request: Int, isReproducible: Bool, formsConsensus: Bool, walksFile: Bool
  ) {
    rowCount = usableRows
    epochRows = usableRows
    self.epochs = epochs
    visits = walksFile ? .fileOrder : .permutations
    let total = Self.total(epochs: epochs, rows: usableRows)
    switch request {
    case -2 where !isReproducible && formsConsensus:
      samplesPerIteration = Self.automatic(rowCount: usableRows, total: total)
    case -2 where !isReproducible:
      let share = (Double(total) / Self.permutedIterations).rounded(.up)
      samplesPerIteration = min(Self.maximumAutomaticSamples, max(1, Int(share)), max(usableRows, Self.smallTable))
    case ...0: samplesPerIteration = usableRows
    default: samplesPerIteration = max(1, min(request, total))
    }
  }

  /// Creates H2O's schedule for the same request (h2o-behaviour.md#iterations).
  ///
  /// - `epochRows`: The rows per epoch, without those that 0/1 weights exclude.
  /// - `shuffles`: Whether the job requests shuffling.
  package init(
    rowCount: Int, epochRows: Int? = nil, epochs: Double, request: Int, isReproducible: Bool, shuffles: Bool
  ) {
    let epochRows = epochRows ?? rowCount
    self.rowCount = rowCount
    self.epochRows = epochRows
    self.epochs = epochs
    let total = Int(min(max(epochs, 0) * Double(epochRows), Self.maximumSamples))
    switch request {
    case -2 where !isReproducible: samplesPerIteration = Self.automatic(rowCount: rowCount, total: total)
    case ...0: samplesPerIteration = epochRows
    default: samplesPerIteration = max(1, min(request, total))
    }
    // H2O shuffles without a request if an iteration is one pass over one chunk (h2o-behaviour.md#automatic-shuffling).
    visits = shuffles || samplesPerIteration == epochRows ? .shuffledPerIteration : .drawnPerIteration
  }

  private static func automatic(rowCount: Int, total: Int) -> Int {
    let samples = min(Int(drawnIterations) * rowCount, Int(Double(total) / drawnIterations))
    return min(maximumAutomaticSamples, max(1, samples))
  }

  private static func total(epochs: Double, rows: Int) -> Int {
    epochs > 0 ? max(1, Int(min(epochs * Double(rows), maximumSamples).rounded())) : 0
  }

  /// Whether rows come as permutations or in file order, so that one position defines the state of the order.
  package var isSequential: Bool {
    switch visits {
    case .permutations, .fileOrder: true
    case .drawnPerIteration, .shuffledPerIteration: false
    }
  }

  /// Whether the order of the rows is random.
  package var shuffles: Bool {
    switch visits {
    case .permutations, .shuffledPerIteration: true
    case .fileOrder, .drawnPerIteration: false
    }
  }

  /// The rows that the whole training visits: exact if rows come in sequence, otherwise a lower bound.
  package var totalSamples: Int { Self.total(epochs: epochs, rows: epochRows) }

  /// Returns whether all epochs are complete after `samples` rows.
  package func isDone(samples: Int) -> Bool {
    isSequential ? samples >= totalSamples : epochs(samples: samples) >= epochs
  }

  /// Converts rows to epochs.
  package func epochs(samples: Int) -> Double { Double(samples) / Double(epochRows) }

  /// Returns the fraction of the training that is complete after `samples` rows, at most 1.
  package func fraction(samples: Int) -> Double {
    totalSamples > 0 ? min(1, Double(samples) / Double(totalSamples)) : 1
  }
}

extension IterationSchedule {
  /// Returns the next positions of the ``RowSequence`` to train on; nil at the end of the iteration or of the training.
  ///
  /// Iterations and slices end with a mini-batch or an averaging round, which end with an epoch, so that
  /// train_samples_per_iteration does not split them.
  ///
  /// - `rows`: The smallest number of positions, if that many are left.
  /// - `unit`: The rows of a mini-batch, or of an averaging round of all copies.
  package func slice(at progress: TrainingProgress, rows: Int, unit: Int) -> Range<Int>? {
    let left = min(
      samplesPerIteration - (progress.samples - progress.samplesBeforeIteration), totalSamples - progress.samples)
    guard left > 0 else { return nil }
    let first = progress.position % epochRows
    let end = min((first + min(rows, left) + unit - 1) / unit * unit, epochRows)
    return progress.position..<progress.position + min(end - first, totalSamples - progress.samples)
  }
}
