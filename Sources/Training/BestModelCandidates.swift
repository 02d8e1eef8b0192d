package import DeepLearning

/// The networks of the last iterations, and their mean, as candidates for the best model.
///
/// If a training is scored only a few times and ends at a bad moment, overwrite_with_best_model
/// has no better network to choose. Therefore the last networks are kept, and they and their
/// mean compete with the best one at the end (docs/decisions/0013).
///
/// Candidates are kept in memory only, so a suspended training has only those since it resumed. Reproducible jobs score
/// every iteration and have no candidates, so they end with the same bytes as uninterrupted ones.
package struct BestModelCandidates: Sendable {
  /// The largest number of candidates; earlier networks beyond it are no better than the last.
  private static let maximumCount = 10
  /// The largest number of weights and optimizer values in all kept networks together.
  private static let maximumNumbers = 16_000_000
  /// The cost of training a row, in multiples of the cost of scoring one.
  private static let trainingCost = 3.0
  /// The smallest distance in rows; networks closer together are not worth copying.
  private static let minimumSpacingRows = 32.0

  struct Candidate: Sendable {
    let state: NetworkState
    let point: ScoringPoint
    /// Whether it was scored during training, so that it does not compete again.
    let isScored: Bool
  }

  /// The number of intervals of a training; at most one network per interval is kept, so that the mean of the
  /// second half spans it.
  private static let spacings = 10.0

  /// The number of networks that may be scored at the end.
  package let limit: Int
  private let storable: Int
  private(set) var kept: [Candidate] = []
  private var lastSpacing = 0.0

  /// Sets the limit to the number of networks that the duty cycle of the whole training allows to score.
  ///
  /// The cost is counted in rows, not in seconds, so that the same job keeps the same number on every machine.
  ///
  /// - Parameters:
  ///   - plan: Decides whether the best network is wanted, and how much of the time scoring may take.
  ///   - parameterCount: The number of weights and biases of the network.
  ///   - memories: The numbers of optimizer state per weight.
  ///   - trainedRows: The rows that the whole training visits.
  ///   - scoredRows: The rows of one scoring.
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

  /// Returns the networks that compete with `last`, the network with which training ends.
  ///
  /// These are the mean of the kept networks from the second half of the training, and the latest kept networks.
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

  /// Returns whether a network at `point` is far enough from the one that was kept last.
  package func wants(_ point: ScoringPoint) -> Bool {
    limit > 0 && (point.fraction * Self.spacings).rounded(.down) > lastSpacing
  }

  /// Keeps a network if it is wanted, and drops the oldest one if there is no room.
  package mutating func keep(_ state: NetworkState, at point: ScoringPoint, isScored: Bool) {
    guard wants(point) else { return }
    lastSpacing = (point.fraction * Self.spacings).rounded(.down)
    kept.append(Candidate(state: state, point: point, isScored: isScored))
    if kept.count > storable { kept.removeFirst() }
  }
}
