package import JobFiles

/// The part of a job file that the queue needs; small, because thousands are kept.
package struct JobBrief: Sendable, Equatable, Codable {
  package private(set) var place: TurnOrder.Place
  /// The conditions in the job file.
  package let conditions: JobConditions

  package private(set) var submitter: Submitter
  /// Whether progress events of the job are left out of the journal.
  package let isQuiet: Bool
  /// The maximum running time that the job file sets; nil for none.
  package let maximumRuntimeSeconds: Double?
  /// The processes that train the job together; nil for one.
  package let ranks: Ranks?

  /// The processes that train a job together.
  package struct Ranks: Sendable, Equatable, Codable {
    package let nodes: Int
    /// The number of nodes below which the job does not run.
    package let fewestNodes: Int
    package let perNode: Int

    /// Returns nil for a job of one process.
    init?(_ job: JobFile) {
      guard job.rankCount > 1 else { return nil }
      nodes = job.nodes
      fewestNodes = job.fewestNodes
      perNode = job.ranksPerNode
    }
  }

  package init(
    place: TurnOrder.Place = .init(priority: 0), conditions: JobConditions = JobConditions(),
    submitter: Submitter = .nobody, isQuiet: Bool = false, maximumRuntimeSeconds: Double? = nil, ranks: Ranks? = nil
  ) {
    self.submitter = submitter
    self.maximumRuntimeSeconds = maximumRuntimeSeconds
    self.isQuiet = isQuiet
    self.place = place.of(submitter)
    self.conditions = conditions
    self.ranks = ranks
  }

  /// `ordered`: The priority that an order gave to the job; nil for none.
  package init(_ job: JobFile, _ submitter: Submitter, ordered: OrderedPriority? = nil) {
    self.init(
      place: .init(job, ordered: ordered), conditions: JobConditions(job), submitter: submitter, isQuiet: job.quietMode,
      maximumRuntimeSeconds: job.maxJobRuntimeSecs > 0 ? job.maxJobRuntimeSecs : nil, ranks: Ranks(job))
  }

  /// Returns the brief with an equal submitter, so that the jobs of a submitter share the list of groups.
  func sharing(_ submitter: Submitter) -> JobBrief {
    var brief = self
    brief.submitter = submitter
    return brief
  }

  /// Returns the brief with a priority that an order gives.
  func with(_ priority: OrderedPriority) -> JobBrief {
    var brief = self
    brief.place = .init(
      priority: priority.value, group: place.group, submitterID: place.submitterID, isRaised: priority.isByOperator)
    return brief
  }
}

extension TurnOrder.Place {
  /// `ordered`: The priority that an order gave to the job; nil for none.
  package init(_ job: JobFile, ordered: OrderedPriority?) {
    self.init(
      priority: ordered?.value ?? job.priority, group: job.group, isRaised: ordered?.isByOperator ?? false)
  }
}
