extension QueueState {
  /// Violated invariants; empty if the state is consistent.
  ///
  /// Checks all jobs.
  package var contradictions: [String] {
    var found: [String] = []
    func check(_ isTrue: Bool, _ text: String) { if !isTrue { found.append(text) } }
    func jobs(_ isMeant: (Phase) -> Bool) -> Set<JobIdentifier> {
      Set(self.jobs.filter { isMeant($0.value.phase) }.keys)
    }
    let waiting = jobs { if case .waiting = $0 { true } else { false } }
    let running = jobs { if case .running = $0 { true } else { false } }
    let blockedJobs = jobs { if case .blocked = $0 { true } else { false } }
    check(turns.waiting == waiting, "in the order: \(turns.waiting), waiting: \(waiting)")
    check(turns.running == running, "running by the order: \(turns.running), running: \(running)")
    check(blocked.jobs == blockedJobs, "blocked: \(blocked.jobs), by phase: \(blockedJobs)")
    check(unread == jobs { $0 == .unread }, "not read yet: \(unread)")
    for id in line.wantedJobs {
      guard let purpose = line.purpose(id) else { continue }
      switch (purpose, phase(id)) {
      case (.acceptance, .arriving), (.load, .unread), (.estimate, .waiting), (.retry, nil): break
      default: found.append("\(id) is inspected (\(purpose)) but is \(phase(id).map { "\($0)" } ?? "unknown")")
      }
    }
    for (id, job) in self.jobs {
      if job.needs == .asked { check(line.purpose(id) == .estimate, "no estimate is pending for \(id)") }
      check(id.number < nextNumber, "\(id) has a number that will be reused")
    }
    if let wait { check(waiting.contains(wait.id), "\(wait.id) is recorded as waiting for room but is not waiting") }
    return found
  }
}
