/// How training is cut into iterations.
package struct IterationSchedule: Sendable, Hashable, Codable {
  /// In which order rows are visited.
  package enum RowVisits: String, Sendable, Hashable, Codable {
    /// Every epoch visits each usable row once, in a new random permutation that iterations consume in turn.
    case permutations
    /// Every epoch visits each usable row once, in the order of the file.
    case fileOrder
    /// Every iteration draws its rows, or walks the file if it is a whole number of passes: H2O's way.
    case drawnPerIteration
    /// The same, but whole passes are shuffled too.
    case shuffledPerIteration
  }

  /// Rows of the training table.
  package let rowCount: Int
  /// Rows that are one epoch.
  package let epochRows: Int
  package let epochs: Double
  package let samplesPerIteration: Int
  package let visits: RowVisits

  /// Most rows of an iteration that is chosen automatically, as in H2O.
  private static let maximumAutomaticSamples = 100_000
  /// H2O's automatic iteration is at most this share of all training, and at most this many epochs.
  private static let drawnIterations = 10.0
  /// An automatic iteration of permutations: so short that stopping rules can act, and costs nothing.
  private static let permutedIterations = 100.0
  /// Such an iteration is at most one epoch, or so many rows of a small table.
  private static let smallTable = 1000
  /// More rows are no training that ends.
  private static let maximumSamples = 1e15

  /// The schedule of permutations for a request in H2O's words: train_samples_per_iteration is -2 for automatic, -1 and
  /// 0 for one epoch, else rows.
  ///
  /// - `usableRows`: Rows that can be trained on.
  /// - `formsConsensus`: Whether each iteration changes the network (elastic averaging), so that its length matters.
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

  /// H2O's schedule for the same request (h2o-behaviour.md#iterations).
  ///
  /// - `epochRows`: Without the rows that weights of 0 and 1 leave out.
  /// - `shuffles`: Whether the job asks for it.
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
    // H2O shuffles on its own when an iteration is one pass over one chunk (h2o-behaviour.md#automatic-shuffling).
    visits = shuffles || samplesPerIteration == epochRows ? .shuffledPerIteration : .drawnPerIteration
  }

  private static func automatic(rowCount: Int, total: Int) -> Int {
    let samples = min(Int(drawnIterations) * rowCount, Int(Double(total) / drawnIterations))
    return min(maximumAutomaticSamples, max(1, samples))
  }

  private static func total(epochs: Double, rows: Int) -> Int {
    epochs > 0 ? max(1, Int(min(epochs * Double(rows), maximumSamples).rounded())) : 0
  }

  /// Whether rows come in permutations or in the order of the file, so that a position in that sequence says all.
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

  /// Rows that the whole training visits: exactly so many where they come in sequence, otherwise at least.
  package var totalSamples: Int { Self.total(epochs: epochs, rows: epochRows) }

  /// Whether the epochs are done after `samples` rows.
  package func isDone(samples: Int) -> Bool {
    isSequential ? samples >= totalSamples : epochs(samples: samples) >= epochs
  }

  /// Epochs that `samples` rows are.
  package func epochs(samples: Int) -> Double { Double(samples) / Double(epochRows) }

  /// Share of the training that is done after `samples` rows, at most 1.
  package func fraction(samples: Int) -> Double {
    totalSamples > 0 ? min(1, Double(samples) / Double(totalSamples)) : 1
  }
}

extension IterationSchedule {
  /// Positions of the ``RowSequence`` that are trained on next; nil at the end of the iteration or of the training.
  ///
  /// Iterations and slices end with a mini-batch (or a round of averaged copies), and these end with an epoch, so that
  /// train_samples_per_iteration cuts none in two.
  ///
  /// - `rows`: How many at least, if there are so many.
  /// - `unit`: Rows of a mini-batch, or of a round of all copies.
  package func slice(at progress: TrainingProgress, rows: Int, unit: Int) -> Range<Int>? {
    let left = min(
      samplesPerIteration - (progress.samples - progress.samplesBeforeIteration), totalSamples - progress.samples)
    guard left > 0 else { return nil }
    let first = progress.position % epochRows
    let end = min((first + min(rows, left) + unit - 1) / unit * unit, epochRows)
    return progress.position..<progress.position + min(end - first, totalSamples - progress.samples)
  }
}
