/// The detection of circular dependencies between jobs.
extension QueueState {
  /// Returns the reason to reject a job that would close a cycle; nil if it closes none.
  ///
  /// A name means the latest job that has it, as in ``JobConditions/verdict(for:in:nowSeconds:)``.
  /// Only blocked jobs can be part of a cycle.
  func circle(_ id: JobIdentifier, _ conditions: JobConditions) -> String? {
    // A job that no other job waits for cannot close a cycle.
    guard conditions.waitsForJobs, blocked.awaitedNames.contains(where: id.matches) else { return nil }
    var seen: Set<JobIdentifier> = []
    // Each entry is a path of dependencies that begins at `id`.
    var open = next(of: id, conditions, besides: id).map { [$0] }
    while let way = open.popLast(), let last = way.last {
      guard last != id else { return Self.text(id, way) }
      guard seen.insert(last).inserted, case .blocked(_, let conditions) = phase(last) else { continue }
      open += next(of: last, conditions, besides: id).map { way + [$0] }
    }
    return nil
  }

  /// Returns the known jobs that `id` waits for directly, including `new`, which is not accepted yet.
  private func next(
    of id: JobIdentifier, _ conditions: JobConditions, besides new: JobIdentifier
  ) -> [JobIdentifier] {
    conditions.names.compactMap { name in
      JobIdentifier.meant(name, among: Set(jobs.keys).union([new])).filter { $0 != id }.max()
    }
  }

  private static func text(_ id: JobIdentifier, _ way: [JobIdentifier]) -> String {
    "the jobs would wait for each other for ever: \(id) waits for "
      + way.map { "\($0)" }.joined(separator: ", which waits for ")
      + "; remove one of these dependencies (job.after, job.after_any)"
  }
}
