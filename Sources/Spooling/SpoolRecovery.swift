/// The actions that repair a spool after the last daemon stopped, crashed or was killed.
///
/// A pure function of the listing.
package enum SpoolRecovery {
  package enum Action: Sendable, Equatable {
    /// The file was claimed but not accepted: accept or reject it now.
    case resumeAcceptance(JobIdentifier)
    /// The job was running: queue it again to resume from its checkpoint.
    case queueAgain(JobIdentifier)
    /// The result was published; only the move to `finished` is missing.
    case complete(JobIdentifier)
    /// The job is queued: read its file.
    case load(JobIdentifier)
  }

  /// Returns the actions, in order of arrival within each kind.
  package static func actions(for listing: SpoolListing) -> [Action] {
    let published = Set(listing.results)
    let claims = listing.claims.sorted().map(Action.resumeAcceptance)
    let running = (listing.jobs[.running] ?? []).sorted().map { id in
      published.contains(id) ? Action.complete(id) : .queueAgain(id)
    }
    return claims + running + (listing.jobs[.queued] ?? []).map(Action.load)
  }
}
