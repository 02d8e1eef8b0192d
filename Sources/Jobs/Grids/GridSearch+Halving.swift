internal import JobEvents
internal import JobFiles
internal import Planning
internal import Reports
internal import Training

/// The search by successive halving: ``SuccessiveHalving`` decides, models train up to the ends of rungs.
extension GridSearch {
  /// The time kept for the completion of the best model, as a multiple of what its training has taken so far per epoch,
  /// with scorings.
  ///
  /// A model that the end of time interrupts is delivered as it is then, so little is lost if this is too short.
  private static let reserve = 1.1
  /// The share of the time in which no more models begin: the best of those that have begun are continued, one after the
  /// other.
  private static let finalShare = 0.3

  /// Trains the combinations up to the rungs that they reach.
  ///
  /// - Throws: Faults of the machine or the program, which would fail the other models too.
  func halve() async throws -> Found {
    let fractions = grid.rungs
    var search = SuccessiveHalving(
      pointCount: grid.count, rungCount: fractions.count, factor: main.job.gridReductionFactor)
    context.onEvent(.modelCount(search.expectedSteps, secondsLeft: secondsLeft))
    let parallelism = parallelism
    var entries: [Int: GridEntry] = [:]
    var steps: [Int: SuccessiveHalving.Step] = [:]
    var ending: JobOutcome?
    try await ModelsSideBySide<GridModelRun.Attempt>(parallelism: parallelism, control: models.control).run(
      next: {
        guard ending == nil, context.control.stopRequest != .finish else { return nil }
        let secondsLeft = secondsLeft
        if let secondsLeft {
          guard secondsLeft > 0 else { return nil }
          if secondsLeft < Self.secondsToComplete(search, entries, fractions) { search.continueLeader() }
          if secondsLeft < Self.finalShare * main.job.gridMaxRuntimeSecs { search.close() }
        }
        let reserve = search.isLeaderWaiting ? Self.secondsToComplete(search, entries, fractions) : 0
        guard let step = search.next() else { return nil }
        steps[step.point] = step
        var request = grid.request(step.point, secondsLeft: nil, parallelism: parallelism)
        request.limits = TrainingLimits(pauseFraction: fractions[step.rung])
        if let secondsLeft {
          request.limits.deadlineSeconds = Clocks.monotonicSeconds() + secondsLeft
          // How long a model takes is unknown until it has trained, and the time to complete the best one is not its.
          if step.point != search.leader?.point, 0 < reserve, reserve < secondsLeft {
            request.limits.pauseSeconds = Clocks.monotonicSeconds() + secondsLeft - reserve
          }
        }
        let run = GridModelRun(
          request: request, values: grid.valueTexts(step.point),
          rung: .init(number: step.rung, metric: grid.metricName), context: context, models: models)
        return (step.point, { try await run.train() })
      },
      ended: { point, attempt in
        switch attempt {
        case .done(let entry):
          entries[point] = entry
          if let step = steps[point] { search.note(grid.result(entry, rung: step.rung), of: step) }
        case .ended(let outcome): ending = outcome
        }
      },
      changed: { await writeLivePage(entries, training: $0) })
    if let ending { return .ended(ending) }
    return try await completed(entries)
  }

  /// Returns the entries after the models that the result needs have got their folders, which models lack that can
  /// continue: the best one, and those that an ensemble may take.
  private func completed(_ entries: [Int: GridEntry]) async throws -> Found {
    var entries = entries
    let needed = max(1, main.job.gridEnsemble)
    while let entry = grid.leaderboard(entries).trained.prefix(needed).first(where: { !$0.hasResult }),
      let point = grid.number(of: entry.name)
    {
      let rung = entry.rungCount - 1
      var request = grid.request(point, secondsLeft: nil, parallelism: 1)
      request.limits = TrainingLimits(pauseFraction: grid.rungs[rung], pauseSeconds: Clocks.monotonicSeconds())
      let run = GridModelRun(
        request: request, values: grid.valueTexts(point),
        rung: .init(number: rung, metric: grid.metricName, isPublished: true), context: context, models: models)
      switch try await run.train() {
      case .ended(let outcome): return .ended(outcome)
      case .done(let entry): entries[point] = entry
      }
    }
    return .tried(entries)
  }

  /// Returns the time that the best model of the highest rung needs to be complete; 0 before the first result, and if
  /// it is complete.
  private static func secondsToComplete(
    _ search: SuccessiveHalving, _ entries: [Int: GridEntry], _ fractions: [Double]
  ) -> Double {
    guard let leader = search.leader, let entry = entries[leader.point], entry.halving?.hasEnded == false,
      case .trained(_, _, _, let seconds) = entry.outcome
    else { return 0 }
    let fraction = fractions[min(entry.rungCount, fractions.count) - 1]
    return reserve * seconds * (1 - fraction) / fraction
  }
}
