package import DeepLearning

/// The networks of the last iterations, and their mean.
///
/// A training may be scored only a few times, and where its end happens to be a bad moment overwrite_with_best_model has
/// nothing better to offer. So the last networks are kept, and they and their mean compete with the best at the end
/// (decision 13). They live in memory only: a training that was suspended has those since it went on, so only reproducible
/// jobs, which score every iteration and have no candidates, end with the same bytes as undisturbed ones.
package struct BestModelCandidates: Sendable {
  /// Beyond this many the first of them are no better than the last.
  private static let maximumCount = 10
  /// Numbers of all networks that are kept.
  private static let maximumNumbers = 16_000_000
  /// Training a row costs about so many times what scoring one costs.
  private static let trainingCost = 3.0
  /// Networks with fewer rows between them are not worth the copying.
  private static let minimumSpacingRows = 32.0

  struct Candidate: Sendable {
    let state: NetworkState
    let point: ScoringPoint
    /// Whether it has competed already.
    let isScored: Bool
  }

  /// Networks that are kept lie at least this share of the training apart, so that their mean spans its second half.
  private static let spacings = 10.0

  /// How many networks may be scored at the end.
  package let limit: Int
  private let storable: Int
  private(set) var kept: [Candidate] = []
  private var lastSpacing = 0.0

  /// As many as can be scored within the duty cycle of the whole training; counted in rows and not in seconds, so that the
  /// same job keeps as many everywhere.
  ///
  /// - Parameters:
  ///   - plan: Whether the best network is wanted, and how much of the time scoring may take.
  ///   - parameterCount: Weights and biases of the network.
  ///   - memories: Numbers that the update rule keeps for each of them.
  ///   - trainedRows: Rows of the whole training.
  ///   - scoredRows: Rows of one scoring.
  package init(_ plan: ScoringPlan, parameterCount: Int, memories: Int, trainedRows: Int, scoredRows: Int) {
    storable = min(Self.maximumNumbers / max(1, parameterCount * (1 + memories)), Self.maximumCount)
    let spacingRows = Double(trainedRows) / Self.spacings
    guard plan.keepsBestModel, spacingRows >= Self.minimumSpacingRows, scoredRows > 0, storable > 0 else {
      limit = 0
      return
    }
    let affordable = Self.trainingCost * plan.pace.dutyCycle * Double(trainedRows) / Double(scoredRows)
    limit = Int(min(affordable, Double(Self.maximumCount)))
  }

  /// What may take the place of the network `last`, with which training ends: the mean of the networks of the second half
  /// of the training, as far as they are kept, and the latest of them.
  package func competitors(
    last: NetworkState, at point: ScoringPoint
  ) -> [(state: NetworkState, origin: DeliveredNetwork, trainedMissingUnits: [Int])] {
    let earlier = kept.filter { $0.point.samples != point.samples }
    let half = earlier.filter { 2 * $0.point.samples >= point.samples }
    guard limit > 0, let first = half.first,
      let mean = NetworkState.mean(of: half.map(\.state.published) + [last.published])
    else { return [] }
    return [(mean, .mean(from: first.point, to: point), point.trainedMissingUnits)]
      + earlier.filter { !$0.isScored }.suffix(limit - 1).map {
        ($0.state, .iteration($0.point), $0.point.trainedMissingUnits)
      }
  }

  /// Whether a network at `point` is far enough from the one that was kept last.
  package func wants(_ point: ScoringPoint) -> Bool {
    limit > 0 && (point.fraction * Self.spacings).rounded(.down) > lastSpacing
  }

  /// Keeps a network if it is wanted, and forgets the oldest of those for which there is no room.
  package mutating func keep(_ state: NetworkState, at point: ScoringPoint, isScored: Bool) {
    guard wants(point) else { return }
    lastSpacing = (point.fraction * Self.spacings).rounded(.down)
    kept.append(Candidate(state: state, point: point, isScored: isScored))
    if kept.count > storable { kept.removeFirst() }
  }
}
