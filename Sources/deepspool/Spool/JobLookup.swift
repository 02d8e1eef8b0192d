internal import DurableFiles
internal import Spooling

/// Finds jobs by what people call them: number, name or identifier.
struct JobLookup {
  let layout: SpoolLayout
  private let fileSystem = FileSystem()

  init(_ layout: SpoolLayout) { self.layout = layout }

  var directory: SpoolDirectory { SpoolDirectory(layout, fileSystem: fileSystem) }

  /// Returns the names in the spool.
  func listing() throws(FileSystemError) -> SpoolListing { try SpoolListing.read(layout, fileSystem: fileSystem) }

  /// Returns the jobs of a listing by state, then by arrival; rejected files come last.
  func jobs(in listing: SpoolListing) -> [SpoolJob] {
    let jobs = SpoolJob.titles.compactMap(JobState.init).flatMap { state in
      (listing.jobs[state] ?? []).sorted().map { SpoolJob(id: $0, standing: .state(state)) }
    }
    return jobs + rejections(in: listing).map { SpoolJob(id: $0.rejection.id, standing: .rejected(stem: $0.stem)) }
  }

  /// Returns the rejected files, by arrival.
  private func rejections(in listing: SpoolListing) -> [(stem: String, rejection: Rejection)] {
    let directory = directory
    return listing.rejected.compactMap { stem in directory.rejection(stem).map { (stem, $0) } }
      .sorted { ($0.1.id, $0.0) < ($1.1.id, $1.0) }
  }

  /// The number of times that ``findArriving(_:)`` looks again, and the pause before each.
  private static let (attempts, pause) = (10, Duration.milliseconds(100))

  /// Returns a listing of the spool and the job that a text means.
  ///
  /// Looks again for a second, because the job may be moving between two folders, or still arriving.
  ///
  /// - Throws: As ``find(_:in:for:)``.
  func findArriving(_ text: String) async throws -> (SpoolListing, SpoolJob) {
    var attemptsLeft = Self.attempts
    while true {
      let listing = try listing()
      do {
        return (listing, try find(text, in: listing))
      } catch {
        guard attemptsLeft > 0 else { throw error }
        attemptsLeft -= 1
        try await Task.sleep(for: Self.pause)
      }
    }
  }

  /// Returns the job with an identifier where it is now.
  ///
  /// Looks again for a second, because the job may be moving between two folders.
  ///
  /// - Throws: ``CommandFailure`` if the job is gone.
  func current(_ id: JobIdentifier) async throws -> SpoolJob {
    for _ in 0...Self.attempts {
      if let state = directory.state(of: id) { return SpoolJob(id: id, standing: .state(state)) }
      if let found = rejections(in: try listing()).last(where: { $0.rejection.id == id }) {
        return SpoolJob(id: id, standing: .rejected(stem: found.stem))
      }
      try await Task.sleep(for: Self.pause)
    }
    throw CommandFailure(.badData, "\(id) was removed from the spool")
  }

  /// The purpose for which a job is looked up.
  enum Purpose {
    /// To show it; a name may mean the job of another user if the caller has none of that name.
    case view
    /// To give it an order; a name means the caller's own jobs only.
    case order
  }

  /// Returns the job with this number, name or identifier.
  ///
  /// A name means the caller's newest job that has it; an order means one that has not ended, if there is one. A
  /// rejected file is shown if it is newer than the jobs of its name.
  ///
  /// - Throws: ``CommandFailure`` if no or several jobs match.
  func find(_ text: String, in listing: SpoolListing, for purpose: Purpose = .view) throws(CommandFailure) -> SpoolJob {
    let caller = OrderGiver(userID: UserAccess.ownUserID)
    let (directory, serviceID) = (directory, directory.serviceID)
    let jobs = JobState.allCases.flatMap { state in
      (listing.jobs[state] ?? []).map { SpoolJob(id: $0, standing: .state(state)) }
    }
    func meant<Candidate>(_ candidates: [Candidate], id: (Candidate) -> JobIdentifier, isOwn: (Candidate) -> Bool)
      -> [Candidate]
    {
      JobReference(text).meant(among: candidates, id: id, isOwn: isOwn)
    }
    let own = meant(jobs, id: \.id) { job in
      job.state.map { caller.owns(directory.submitterID(of: job.id, in: $0), serviceID: serviceID) } ?? false
    }
    let rejections = purpose == .order ? [] : rejections(in: listing)
    func rejected(_ isOwn: (Rejection) -> Bool) -> [SpoolJob] {
      meant(rejections, id: \.rejection.id) { isOwn($0.rejection) }
        .map { SpoolJob(id: $0.rejection.id, standing: .rejected(stem: $0.stem)) }
    }
    let open = purpose == .order ? own.filter { !$0.isEnd } : []
    let ownRejected = rejected { caller.owns($0.submitterID, serviceID: serviceID) }
    if let newest = ((open.isEmpty ? own : open) + ownRejected).max(by: { $0.id < $1.id }) { return newest }
    let others = meant(jobs, id: \.id) { _ in true } + rejected { _ in true }
    if purpose == .view, Set(others.map(\.id)).count == 1 { return others[others.count - 1] }
    throw failure(text, others, purpose)
  }

  private func failure(_ text: String, _ others: [SpoolJob], _ purpose: Purpose) -> CommandFailure {
    guard !others.isEmpty else {
      return CommandFailure(.badData, "no job matches '\(text)'; run `deepspool list --all` to see all jobs")
    }
    let names = others.map { "\($0.id)" }.joined(separator: ", ")
    return CommandFailure(
      .badData,
      purpose == .view
        ? "several jobs match '\(text)': \(names); use the number"
        : "you have no job named '\(text)'; use the number for a job of another user: \(names)")
  }
}
