/// The decisions of a search by asynchronous successive halving, without any training.
///
/// Points begin in rung 0. Of each `factor` results of a rung one continues to the next, as soon as they are there: the
/// best of all results so far that does not continue yet, which is always among the best `1 / factor` of them. When no
/// result can follow any more, all of the best `1 / factor` continue, at least one.
///
/// The m-th promotion of a rung depends only on the first `m * factor` points that entered it, in the order of their
/// entry, never on when results arrive. Whatever the parallelism, the pauses and the speeds, the same points therefore
/// reach the same rungs. Source: Li et al. 2018, A System for Massively Parallel Hyperparameter Tuning, arXiv 1810.05934.
package struct SuccessiveHalving: Sendable {
  /// The training of a point up to the end of a rung.
  package struct Step: Sendable, Hashable {
    package let point: Int
    package let rung: Int

    package init(point: Int, rung: Int) {
      self.point = point
      self.rung = rung
    }
  }

  /// The result of a step; a smaller loss is better, and NaN is worse than every number.
  package enum Result: Sendable, Hashable {
    /// The point has reached the rung and can continue.
    case paused(loss: Double)
    /// The training of the point is over, at the last rung or before.
    case ended(loss: Double)
    case failed
  }

  private struct Rung: Sendable {
    /// The points in the order of their entry.
    var points: [Int] = []
    /// The results; infinite for failed points.
    var losses: [Int: Double] = [:]
    var promoted: Set<Int> = []
    /// The groups of `factor` points that have led to a promotion.
    var groups = 0
    /// Whether no point enters any more and all promotions are made.
    var isSettled = false

    var isMeasured: Bool { losses.count == points.count }

    /// Returns the points with a finite loss among the first `count`, best first; of equal ones the first is ahead.
    func ranked(first count: Int) -> [Int] {
      points.prefix(count).enumerated().filter { losses[$0.element]?.isFinite == true }
        .sorted { (losses[$0.element] ?? .infinity, $0.offset) < (losses[$1.element] ?? .infinity, $1.offset) }
        .map(\.element)
    }
  }

  private let pointCount: Int
  private let factor: Int
  private var rungs: [Rung]
  /// The points whose training is over.
  private var ended: Set<Int> = []
  private var ready: [Step] = []
  private var nextPoint = 0
  private var isClosed = false

  /// - `pointCount`: The points of the search; at least one.
  /// - `rungCount`: At least one.
  /// - `factor`: The results of a rung of which one continues; at least two.
  package init(pointCount: Int, rungCount: Int, factor: Int) {
    precondition(
      pointCount > 0 && rungCount > 0 && factor > 1,
      "a search needs points, rungs and a factor above 1, not \(pointCount), \(rungCount) and \(factor)")
    self.pointCount = pointCount
    self.factor = factor
    rungs = [Rung](repeating: Rung(), count: rungCount)
  }

  /// The number of steps of a search that begins all of its points, if none ends early.
  package var expectedSteps: Int {
    var (sum, count) = (0, pointCount)
    for _ in rungs {
      sum += count
      count = max(1, count / factor)
    }
    return sum
  }

  /// Returns the next step to start, and counts it as started; nil if none can start before another one ends.
  ///
  /// A closed search continues further points, one after the other: the best one of the highest rung that has any.
  package mutating func next() -> Step? {
    while isClosed, ready.isEmpty, promoteOneMore() {}
    if let best = ready.map(\.rung).max(), let index = ready.firstIndex(where: { $0.rung == best }) {
      return ready.remove(at: index)
    }
    guard !isClosed, nextPoint < pointCount else { return nil }
    defer { nextPoint += 1 }
    rungs[0].points.append(nextPoint)
    return Step(point: nextPoint, rung: 0)
  }

  /// Takes the result of a started step.
  package mutating func note(_ result: Result, of step: Step) {
    switch result {
    case .paused(let loss): rungs[step.rung].losses[step.point] = loss.isNaN ? .infinity : loss
    case .ended(let loss):
      rungs[step.rung].losses[step.point] = loss.isNaN ? .infinity : loss
      ended.insert(step.point)
    case .failed: rungs[step.rung].losses[step.point] = .infinity
    }
    promote()
  }

  /// Begins no more points; those that have begun are compared with each other to the end, for a search whose time ends.
  package mutating func close() {
    guard !isClosed else { return }
    isClosed = true
    promote()
  }

  /// The best point of the highest rung that has results, with that rung; nil before the first result.
  package var leader: Step? {
    for rung in rungs.indices.reversed() {
      if let point = rungs[rung].ranked(first: rungs[rung].points.count).first { return Step(point: point, rung: rung) }
    }
    return nil
  }

  /// Whether ``leader`` could continue and does not yet.
  package var isLeaderWaiting: Bool {
    guard let leader, leader.rung < rungs.count - 1 else { return false }
    return !ended.contains(leader.point)
      && (!rungs[leader.rung].promoted.contains(leader.point)
        || ready.contains(Step(point: leader.point, rung: leader.rung + 1)))
  }

  private mutating func promote() {
    for rung in rungs.indices.dropLast() {
      while true {
        let wanted = (rungs[rung].groups + 1) * factor
        let first = rungs[rung].points.prefix(wanted)
        guard first.count == wanted, first.allSatisfy({ rungs[rung].losses[$0] != nil }) else { break }
        rungs[rung].groups += 1
        let promoted = rungs[rung].promoted
        if let best = rungs[rung].ranked(first: wanted).first(where: { !promoted.contains($0) }) { promote(best, rung) }
      }
      let isComplete = rung == 0 ? isClosed || nextPoint == pointCount : rungs[rung - 1].isSettled
      guard isComplete, !rungs[rung].isSettled, rungs[rung].isMeasured else { continue }
      rungs[rung].isSettled = true
      let count = rungs[rung].points.count
      let promoted = rungs[rung].promoted
      for point in rungs[rung].ranked(first: count).prefix(max(1, count / factor)) where !promoted.contains(point) {
        promote(point, rung)
      }
    }
  }

  /// Continues ``leader`` beyond the rule, if it does not continue yet, for a search that may lack time to complete it
  /// later.
  package mutating func continueLeader() {
    guard let leader, leader.rung < rungs.count - 1, !rungs[leader.rung].promoted.contains(leader.point) else { return }
    promote(leader.point, leader.rung)
  }

  /// Promotes a point beyond those of the rule; returns whether there is one.
  private mutating func promoteOneMore() -> Bool {
    for rung in rungs.indices.dropLast().reversed() {
      let promoted = rungs[rung].promoted
      let ranked = rungs[rung].ranked(first: rungs[rung].points.count)
      guard let best = ranked.first(where: { !promoted.contains($0) }) else { continue }
      promote(best, rung)
      return true
    }
    return false
  }

  private mutating func promote(_ point: Int, _ rung: Int) {
    rungs[rung].promoted.insert(point)
    rungs[rung + 1].points.append(point)
    if ended.contains(point) {
      rungs[rung + 1].losses[point] = rungs[rung].losses[point]
    } else {
      ready.append(Step(point: point, rung: rung + 1))
    }
  }
}
