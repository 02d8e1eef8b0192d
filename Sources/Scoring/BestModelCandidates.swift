internal import DeepLearning
package import JobFiles

/// The networks of the last iterations that were not scored.
///
/// A training that is shorter than score_interval is scored once at the start and once at the end, and where the end happens
/// to be a bad moment overwrite_with_best_model has nothing better to offer. So the last networks are kept, and the best of
/// them counts at the end. They live in memory only: a training that was suspended has those since it went on, so only
/// reproducible jobs, which score every iteration, end with the same bytes as undisturbed ones.
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
  }

  let limit: Int
  private(set) var kept: [Candidate] = []

  /// As many as can be scored within the duty cycle of the whole training; counted in rows and not in seconds, so that the
  /// same job keeps as many everywhere.
  package init(
    job: JobFile, parameterCount: Int, memories: Int, trainedRows: Double, iterationRows: Int, scoredRows: Int
  ) {
    guard job.overwriteWithBestModel, iterationRows >= Self.minimumIterationRows, scoredRows > 0 else {
      limit = 0
      return
    }
    let affordable = Self.trainingCost * job.scoreDutyCycle * trainedRows / Double(scoredRows)
    let storable = Self.maximumNumbers / max(1, parameterCount * (1 + memories))
    limit = min(Int(min(affordable, Double(Self.maximumCount))), storable)
  }

  /// Keeps a network, and forgets the oldest beyond the limit.
  mutating func keep(_ state: NetworkState, at point: ScoringPoint) {
    kept.append(Candidate(state: state, point: point))
    if kept.count > limit { kept.removeFirst() }
  }
}
