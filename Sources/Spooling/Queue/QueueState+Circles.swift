/// The detection of circular dependencies between jobs.
extension QueueState {
  /// Returns the reason to reject a job that would close a cycle; nil if it closes none.
  ///
  /// A name means the submitter's latest job that has it, as in ``JobConditions``. Only blocked jobs can be part of a
  /// cycle.
  func circle(_ id: JobIdentifier, _ brief: JobBrief) -> String? {
    // A job that no other job waits for cannot close a cycle.
    guard brief.conditions.waitsForJobs, blocked.awaitedNames.contains(where: id.matches) else { return nil }
    var seen: Set<JobIdentifier> = []
    // Each entry is a path of dependencies that begins at `id`.
    var open = next(of: id, brief, new: (id, brief)).map { [$0] }
    while let way = open.popLast(), let last = way.last {
      guard last != id else { return Self.text(id, way) }
      guard seen.insert(last).inserted, case .blocked(let brief, let conditions) = phase(last) else { continue }
      let current = JobBrief(conditions: conditions, submitter: brief.submitter)
      open += next(of: last, current, new: (id, brief)).map { way + [$0] }
    }
    return nil
  }

  /// Returns the known jobs that `id` waits for directly, including `new`, which is not accepted yet.
  private func next(
    of id: JobIdentifier, _ brief: JobBrief, new: (id: JobIdentifier, brief: JobBrief)
  ) -> [JobIdentifier] {
    func owner(_ id: JobIdentifier) -> UInt32? { id == new.id ? new.brief.submitter.userID : submitterID(of: id) }
    return brief.conditions.names.compactMap { name in
      JobReference(name).meant(
        among: Set(jobs.keys).union([new.id]).subtracting([id]), id: { $0 },
        isOwn: { owner($0) == brief.submitter.userID }
      ).max()
    }
  }

  /// Returns the submitter of a job whose file was read.
  private func submitterID(of id: JobIdentifier) -> UInt32? {
    switch phase(id) {
    case .waiting(let brief), .blocked(let brief, _), .running(let brief), .ending(let brief, _):
      brief.submitter.userID
    case .arriving, .unread, nil: nil
    }
  }

  /// Returns a job of each cycle of blocked jobs, the latest, with the reason to reject it.
  ///
  /// Such cycles arise when a job that was held or had ended returns to the queue.
  func circles(in index: JobIndex) -> [(id: JobIdentifier, reason: String)] {
    var edges: [JobIdentifier: [JobIdentifier]] = [:]
    let blockedJobs = blocked.jobs
    for (id, conditions) in blocked.all {
      guard let userID = submitterID(of: id) else { continue }
      let next = conditions.names.compactMap { index.latest($0, of: userID, besides: id) }
      // Jobs that were cancelled just now end the wait of others.
      edges[id] = next.filter { $0.standing == .state(.queued) }.map(\.id).filter(blockedJobs.contains)
    }
    var found: [(id: JobIdentifier, reason: String)] = []
    var done: Set<JobIdentifier> = []
    for start in edges.keys.sorted() where !done.contains(start) {
      // A path of dependencies, with the edges of each job that are still to follow.
      var way: [(id: JobIdentifier, rest: [JobIdentifier])] = [(start, edges[start] ?? [])]
      while let last = way.last {
        guard let next = last.rest.last else {
          done.insert(last.id)
          way.removeLast()
          continue
        }
        way[way.count - 1].rest.removeLast()
        guard !done.contains(next) else { continue }
        guard let first = way.firstIndex(where: { $0.id == next }) else {
          way.append((next, edges[next] ?? []))
          continue
        }
        let cycle = way[first...].map(\.id)
        guard let latest = cycle.max(), let place = cycle.firstIndex(of: latest) else { continue }
        done.formUnion(cycle)
        found.append((latest, Self.text(latest, Array(cycle[(place + 1)...] + cycle[...place]))))
      }
    }
    return found
  }

  private static func text(_ id: JobIdentifier, _ way: [JobIdentifier]) -> String {
    "the jobs would wait for each other for ever: \(id) waits for "
      + way.map { "\($0)" }.joined(separator: ", which waits for ")
      + "; remove one of these dependencies (job.after, job.after_any)"
  }
}
