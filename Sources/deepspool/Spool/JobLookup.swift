internal import DurableFiles
internal import Spooling

/// Finds jobs by what people call them: number, name or identifier.
struct JobLookup {
  let layout: SpoolLayout
  private let fileSystem = FileSystem()

  init(_ layout: SpoolLayout) { self.layout = layout }

  var directory: SpoolDirectory { SpoolDirectory(layout, fileSystem: fileSystem) }

  /// Returns the names in the spool.
  ///
  /// - Throws: ``CommandFailure`` if this is no spool, or if the caller may not list it.
  func listing() throws(CommandFailure) -> SpoolListing {
    guard JobState.allCases.contains(where: { fileSystem.exists(layout.folder($0)) }) else {
      throw CommandFailure(
        .noInput,
        "'\(layout.root)' is not a complete spool: it has no folder '\(JobState.queued.rawValue)'; start deepspoold "
          + "there, or correct --spool")
    }
    do throws(FileSystemError) {
      return try SpoolListing.read(layout, fileSystem: fileSystem, toleratesMissing: true)
    } catch {
      throw error.isPermission ? SpoolPermission.failure("list", error.path) : CommandFailure(error)
    }
  }

  private var incoming: IncomingFiles { IncomingFiles(layout) }

  /// Returns the jobs of a listing and the files that are not accepted yet, by state, then by arrival.
  func jobsAndIncoming(in listing: SpoolListing) -> [SpoolJob] {
    let jobs = jobs(in: listing)
    let ended = jobs.firstIndex(where: \.isEnd) ?? jobs.endIndex
    return Array(jobs[..<ended]) + incoming.all + jobs[ended...]
  }

  /// Returns the caller's file in `incoming` that a text means; nil if there is none.
  func ownIncoming(_ text: String) -> SpoolJob? {
    let (caller, serviceID) = (OrderGiver(userID: UserAccess.ownUserID), directory.serviceID)
    return incoming.find(text) { caller.owns($0, serviceID: serviceID) }
  }

  /// Returns the jobs of a listing: those that have not ended by state, then those that have ended and rejected files by
  /// arrival.
  func jobs(in listing: SpoolListing) -> [SpoolJob] {
    let jobs = SpoolJob.titles.compactMap(JobState.init).flatMap { state in
      (listing.jobs[state] ?? []).sorted().map { SpoolJob(id: $0, standing: .state(state)) }
    }
    let ended = (jobs.filter(\.isEnd) + rejected(in: listing).all.map(\.job)).sorted { $0.id < $1.id }
    return jobs.filter { !$0.isEnd } + ended
  }

  /// Returns the rejected files of a listing.
  func rejected(in listing: SpoolListing) -> RejectedFiles { RejectedFiles(listing.rejected, directory) }

  /// The number of times that ``findArriving(_:)`` looks again, and the pause before each.
  private static let (attempts, pause) = (10, Duration.milliseconds(100))

  /// Returns a listing of the spool and the job that a text means.
  ///
  /// Looks again for a second, because the job may be moving between two folders, or still arriving. To follow the job, a
  /// file in `incoming` is awaited until the daemon has accepted or rejected it.
  ///
  /// - Throws: As ``find(_:in:for:)``; also if a file would wait in `incoming` without a daemon.
  func findArriving(_ text: String, for purpose: Purpose = .view) async throws -> (SpoolListing, SpoolJob) {
    var attemptsLeft = Self.attempts
    // The highest number before the awaited file was accepted; older jobs of its name are not meant.
    var earlierNumber = 0
    while true {
      let listing = try listing()
      if purpose == .follow, let file = ownIncoming(text) {
        earlierNumber = (rejected(in: listing).all.map(\.job.id.number) + [listing.highestNumber]).max() ?? 0
        guard SpoolLock.isHeld(layout) else {
          throw CommandFailure(
            .daemonNotRunning,
            "'\(file.label)' is not accepted yet; no daemon is running on '\(layout.root)', so it waits until one starts"
          )
        }
        try await Task.sleep(for: Self.pause)
        continue
      }
      do {
        let job = try find(text, in: listing, for: purpose)
        if job.id.number > earlierNumber || attemptsLeft == 0 { return (listing, job) }
      } catch {
        guard attemptsLeft > 0 else { throw error }
      }
      if earlierNumber == 0 || listing.claims.isEmpty { attemptsLeft -= 1 }
      try await Task.sleep(for: Self.pause)
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
      if let found = rejected(in: try listing()).all.last(where: { $0.job.id == id }) { return found.job }
      try await Task.sleep(for: Self.pause)
    }
    throw CommandFailure(.badData, "\(id) was removed from the spool")
  }

  /// The purpose for which a job is looked up.
  enum Purpose: Equatable {
    /// To show it; a name may mean the job of another user if the caller has none of that name.
    case view
    /// As ``view``, but a file in `incoming` counts only once it is accepted or rejected.
    case follow
    /// To give it an order; a name means the caller's own jobs only.
    case order(SpoolOrder)

    var isOrder: Bool { if case .order = self { true } else { false } }

    /// Whether a rejected file counts although there are jobs of its name.
    fileprivate var countsRejections: Bool {
      switch self {
      case .view, .follow, .order(.remove): true
      case .order: false
      }
    }
  }

  /// Returns the job with this number, name or identifier.
  ///
  /// A name means the caller's newest job that has it; an order means one that has not ended, if there is one. A
  /// rejected file is shown if it is newer than the jobs of its name, and a file in `incoming` is the newest. An order
  /// means a rejected file if nothing else has the name; only ``SpoolOrder/remove`` applies to it, and means the newest.
  ///
  /// - Parameters:
  ///   - text: The number, name or identifier.
  ///   - listing: The names in the spool.
  ///   - files: The rejected files of the listing; nil to read them if they are needed.
  ///   - purpose: Why the job is looked up.
  /// - Returns: The job.
  /// - Throws: ``CommandFailure`` if no or several jobs match.
  func find(
    _ text: String, in listing: SpoolListing, rejected files: RejectedFiles? = nil, for purpose: Purpose = .view
  ) throws(CommandFailure) -> SpoolJob {
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
    if purpose == .view, let file = ownIncoming(text) { return file }
    let files = files ?? self.rejected(in: listing)
    func rejected(_ isOwn: (RejectedFiles.File) -> Bool) -> [SpoolJob] {
      meant(files.all, id: \.job.id, isOwn: isOwn).map(\.job)
    }
    func newest(_ jobs: [SpoolJob]) -> SpoolJob? { jobs.max { $0.id < $1.id } }
    if purpose.isOrder, let job = newest(own.filter { !$0.isEnd }) { return job }
    if !purpose.countsRejections, let job = newest(own) { return job }
    if let job = newest(own + rejected { caller.owns($0.submitterID, serviceID: serviceID) }) { return job }
    let others = meant(jobs, id: \.id) { _ in true } + rejected { _ in true }
    if !purpose.isOrder, Set(others.map(\.id)).count == 1 { return others[others.count - 1] }
    if purpose == .view, others.isEmpty, let file = incoming.find(text, ofUser: { _ in true }) { return file }
    throw failure(text, others, purpose)
  }

  /// Returns the failure for a text that means no job.
  static func absence(of text: String) -> CommandFailure {
    CommandFailure(.badData, "no job matches '\(text)'; run `deepspool list --all` to see all jobs")
  }

  private func failure(_ text: String, _ others: [SpoolJob], _ purpose: Purpose) -> CommandFailure {
    guard !others.isEmpty else { return Self.absence(of: text) }
    let names = others.map { "\($0.id)" }.joined(separator: ", ")
    return CommandFailure(
      .badData,
      !purpose.isOrder
        ? "several jobs match '\(text)': \(names); use the number"
        : "you have no job named '\(text)'; use the number for a job of another user: \(names)")
  }
}
