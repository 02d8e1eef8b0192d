package import DeepLearning
package import JobFiles

/// The networks of the last iterations, and their mean.
///
/// A training that is shorter than score_interval is scored once at the start and once at the end, and where the end happens
/// to be a bad moment overwrite_with_best_model has nothing better to offer. So the last networks are kept, and they and
/// their mean compete with the best at the end (decision 13). They live in memory only: a training that was suspended has
/// those since it went on, so only reproducible jobs, which score every iteration and have no candidates, end with the same
/// bytes as undisturbed ones.
package struct BestModelCandidates: Sendable {
  /// Beyond this many the first of them are no better than the last.
  private static let maximumCount = 10
  /// Numbers of all networks that are kept.
  private static let maximumNumbers = 16_000_000
  /// Training a row costs about so many times what scoring one costs.
  private static let trainingCost = 3.0
  /// Iterations with fewer rows are not worth the copying.
  private static let minimumIterationRows = 32

  struct Candidate: Sendable {
    let state: NetworkState
    let point: ScoringPoint
    /// Whether it has competed already.
    let isScored: Bool
  }

  /// How many networks may be scored at the end.
  package let limit: Int
  private let storable: Int
  private(set) var kept: [Candidate] = []

  /// As many as can be scored within the duty cycle of the whole training; counted in rows and not in seconds, so that the
  /// same job keeps as many everywhere.
  package init(
    job: JobFile, parameterCount: Int, memories: Int, trainedRows: Double, iterationRows: Int, scoredRows: Int
  ) {
    storable = min(Self.maximumNumbers / max(1, parameterCount * (1 + memories)), Self.maximumCount)
    guard job.overwriteWithBestModel, iterationRows >= Self.minimumIterationRows, scoredRows > 0, storable > 0 else {
      limit = 0
      return
    }
    let affordable = Self.trainingCost * job.scoreDutyCycle * trainedRows / Double(scoredRows)
    limit = Int(min(affordable, Double(Self.maximumCount)))
  }

  /// What may take the place of the network `last`, with which training ends: the mean of the networks of the second half
  /// of the training, as far as they are kept, and the latest of them.
  package func competitors(last: NetworkState, at point: ScoringPoint) -> [NetworkState] {
    let earlier = kept.filter { $0.point.samples != point.samples }
    let half = earlier.filter { 2 * $0.point.iteration >= point.iteration }.map(\.state) + [last]
    guard limit > 0, half.count > 1, let mean = NetworkState.mean(of: half.map(\.published)) else { return [] }
    return [mean] + earlier.filter { !$0.isScored }.suffix(limit - 1).map(\.state)
  }

  /// Keeps a network, and forgets the oldest of those for which there is no room.
  package mutating func keep(_ state: NetworkState, at point: ScoringPoint, isScored: Bool) {
    guard limit > 0 else { return }
    kept.append(Candidate(state: state, point: point, isScored: isScored))
    if kept.count > storable { kept.removeFirst() }
  }
}
