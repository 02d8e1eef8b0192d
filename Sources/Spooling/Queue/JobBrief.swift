package import JobFiles

/// What the queue has to know of a job file; small, because thousands are kept.
package struct JobBrief: Sendable, Equatable, Codable {
  package let place: TurnOrder.Place
  /// As the job file states them.
  package let conditions: JobConditions

  /// Whether its course is kept out of the journal.
  package let isQuiet: Bool

  package init(
    place: TurnOrder.Place = .init(priority: 0), conditions: JobConditions = JobConditions(), isQuiet: Bool = false
  ) {
    self.isQuiet = isQuiet
    self.place = place
    self.conditions = conditions
  }

  package init(_ job: JobFile) {
    self.init(
      place: .init(priority: job.priority, group: job.group), conditions: JobConditions(job), isQuiet: job.quietMode)
  }
}
