/// What must be done with a spool after the daemon ended in any way.
///
/// A pure function of the listing.
package enum SpoolRecovery {
  package enum Action: Sendable, Equatable {
    /// The file was taken but not yet accepted: accept or reject it now.
    case resumeAcceptance(JobIdentifier)
    /// The job ran: it goes on from its checkpoint.
    case queueAgain(JobIdentifier)
    /// The result was published; only the last move is missing.
    case complete(JobIdentifier)
    /// The job waits: it takes its place in the queue.
    case load(JobIdentifier)
  }

  /// The actions, in the order of arrival.
  package static func actions(for listing: SpoolListing) -> [Action] {
    let published = Set(listing.results)
    let claims = listing.claims.sorted().map(Action.resumeAcceptance)
    let running = (listing.jobs[.running] ?? []).sorted().map { id in
      published.contains(id) ? Action.complete(id) : .queueAgain(id)
    }
    return claims + running + (listing.jobs[.queued] ?? []).map(Action.load)
  }
}
