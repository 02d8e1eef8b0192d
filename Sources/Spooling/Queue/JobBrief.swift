package import JobFiles

/// The part of a job file that the queue needs; small, because thousands are kept.
package struct JobBrief: Sendable, Equatable, Codable {
  package let place: TurnOrder.Place
  /// The conditions in the job file.
  package let conditions: JobConditions

  package let submitter: Submitter
  /// Whether progress events of the job are left out of the journal.
  package let isQuiet: Bool
  /// The maximum running time that the job file sets; nil for none.
  package let maximumRuntimeSeconds: Double?

  package init(
    place: TurnOrder.Place = .init(priority: 0), conditions: JobConditions = JobConditions(),
    submitter: Submitter = .nobody, isQuiet: Bool = false, maximumRuntimeSeconds: Double? = nil
  ) {
    self.submitter = submitter
    self.maximumRuntimeSeconds = maximumRuntimeSeconds
    self.isQuiet = isQuiet
    self.place = place.of(submitter)
    self.conditions = conditions
  }

  /// `ordered`: The priority that an order gave to the job; nil for none.
  package init(_ job: JobFile, _ submitter: Submitter, ordered: OrderedPriority? = nil) {
    self.init(
      place: .init(job, ordered: ordered), conditions: JobConditions(job), submitter: submitter, isQuiet: job.quietMode,
      maximumRuntimeSeconds: job.maxJobRuntimeSecs > 0 ? job.maxJobRuntimeSecs : nil)
  }

  /// Returns the brief with an equal submitter, so that the jobs of a submitter share the list of groups.
  func sharing(_ submitter: Submitter) -> JobBrief {
    JobBrief(
      place: place, conditions: conditions, submitter: submitter, isQuiet: isQuiet,
      maximumRuntimeSeconds: maximumRuntimeSeconds)
  }

  /// Returns the brief with a priority that an order gives.
  func with(_ priority: OrderedPriority) -> JobBrief {
    JobBrief(
      place: .init(priority: priority.value, group: place.group, isRaised: priority.isByOperator),
      conditions: conditions, submitter: submitter, isQuiet: isQuiet, maximumRuntimeSeconds: maximumRuntimeSeconds)
  }
}

extension TurnOrder.Place {
  /// `ordered`: The priority that an order gave to the job; nil for none.
  package init(_ job: JobFile, ordered: OrderedPriority?) {
    self.init(
      priority: ordered?.value ?? job.priority, group: job.group, isRaised: ordered?.isByOperator ?? false)
  }
}
