/// Jobs that would wait for each other for ever.
extension QueueState {
  /// What to tell the one whose job would close a circle; nil if it closes none.
  ///
  /// A name means the latest job that bears it, as in ``JobConditions/verdict(for:in:nowSeconds:)``. Only jobs that still
  /// wait for something can be part of a circle.
  func circle(_ id: JobIdentifier, _ conditions: JobConditions) -> String? {
    // Only who is waited for can close a circle.
    guard conditions.waitsForJobs, blocked.awaitedNames.contains(where: id.matches) else { return nil }
    var seen: Set<JobIdentifier> = []
    // Each with the way that leads to it.
    var open = next(of: id, conditions, besides: id).map { [$0] }
    while let way = open.popLast(), let last = way.last {
      guard last != id else { return Self.text(id, way) }
      guard seen.insert(last).inserted, case .blocked(_, let conditions) = phase(last) else { continue }
      open += next(of: last, conditions, besides: id).map { way + [$0] }
    }
    return nil
  }

  /// The jobs that one comes after, as far as they are on their way; `new` counts although it is not accepted yet.
  private func next(
    of id: JobIdentifier, _ conditions: JobConditions, besides new: JobIdentifier
  ) -> [JobIdentifier] {
    conditions.names.compactMap { name in
      JobIdentifier.meant(name, among: Set(jobs.keys).union([new])).filter { $0 != id }.max()
    }
  }

  private static func text(_ id: JobIdentifier, _ way: [JobIdentifier]) -> String {
    "the jobs would wait for each other for ever: \(id) comes after "
      + way.map { "\($0)" }.joined(separator: ", which comes after ")
      + "; take one of them out of the circle (job.after, job.after_any)"
  }
}
