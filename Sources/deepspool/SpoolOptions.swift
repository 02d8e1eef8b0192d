import ArgumentParser
internal import Documents
internal import DurableFiles
internal import FoundationEssentials
internal import JobFiles
internal import Spooling

/// Options of commands that use the daemon's spool.
struct SpoolOptions: ParsableArguments {
  @Option(help: "Root folder of the spool. Default: $DEEPSPOOL_SPOOL, else the daemon's configuration file.")
  var spool: String?

  @Flag(help: "Print JSON.")
  var json = false

  /// Returns the layout of the spool.
  ///
  /// - Throws: ``CommandFailure`` if there is no spool.
  func layout() throws -> SpoolLayout {
    let layout = SpoolLayout(root: try spool ?? configuredSpool())
    guard FileSystem().exists(layout.incoming) else {
      throw CommandFailure(
        .noInput,
        "'\(layout.root)' is not a spool: it has no folder 'incoming'; start deepspoold there, or correct --spool")
    }
    return layout
  }

  /// Returns the path of the spool from the environment or the configuration file, else the default.
  ///
  /// Nothing else in the file matters, and a file that cannot be read counts as missing.
  private func configuredSpool() throws -> String {
    if let path = try SpoolPath.find(inEnvironment: ProcessInfo.processInfo.environment) { return path }
    let file = DaemonConfiguration.defaultPath
    guard let bytes = try? FileSystem().read(file, limit: DocumentReader.maximumBytes) else {
      return DaemonConfiguration().spool
    }
    return try SpoolPath.find(inFile: bytes, path: file) ?? DaemonConfiguration().spool
  }

  /// The number of times that ``findArriving(_:_:)`` looks again, and the pause before each.
  private static let (attempts, pause) = (10, Duration.milliseconds(100))

  /// Returns a listing of the spool and the job in it with this number, name or identifier.
  ///
  /// Looks again for a second, because the job may be moving between two folders, or still arriving.
  ///
  /// - Throws: As ``find(_:in:_:for:)``.
  func findArriving(_ text: String, _ layout: SpoolLayout) async throws -> (SpoolListing, JobIdentifier, JobState) {
    var attemptsLeft = Self.attempts
    while true {
      let listing = try SpoolListing.read(layout, fileSystem: FileSystem())
      do {
        let (id, state) = try find(text, in: listing, layout)
        return (listing, id, state)
      } catch {
        guard attemptsLeft > 0 else { throw error }
        attemptsLeft -= 1
        try await Task.sleep(for: Self.pause)
      }
    }
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
  /// A name means the caller's newest job that has it; an order means one that has not ended, if there is one.
  ///
  /// - Throws: ``CommandFailure`` if no or several jobs match; if the job was rejected, with the reason.
  func find(
    _ text: String, in listing: SpoolListing, _ layout: SpoolLayout, for purpose: Purpose = .view
  ) throws -> (JobIdentifier, JobState) {
    let caller = OrderGiver(userID: UserAccess.ownUserID)
    let directory = SpoolDirectory(layout, fileSystem: FileSystem())
    let states = JobState.allCases.flatMap { state in (listing.jobs[state] ?? []).map { (id: $0, state: state) } }
    func meant(_ isOwn: ((id: JobIdentifier, state: JobState)) -> Bool) -> [(id: JobIdentifier, state: JobState)] {
      JobReference(text).meant(among: states, id: \.id, isOwn: isOwn)
    }
    let serviceID = directory.serviceID
    let own = meant { caller.owns(directory.submitterID(of: $0.id, in: $0.state), serviceID: serviceID) }
    let open = purpose == .order ? own.filter { !$0.state.isEnd } : []
    if let newest = (open.isEmpty ? own : open).max(by: { $0.id < $1.id }) { return newest }
    let others = meant { _ in true }
    if purpose == .view, others.count == 1 { return others[0] }
    let names = others.map { "\($0.id)" }.joined(separator: ", ")
    guard others.isEmpty else {
      throw CommandFailure(
        .badData,
        purpose == .view
          ? "several jobs match '\(text)': \(names); use the number"
          : "you have no job named '\(text)'; use the number for a job of another user: \(names)")
    }
    if !text.contains("/"),
      let bytes = try? FileSystem().read("\(layout.rejected)/\(text).why", limit: DocumentReader.maximumBytes)
    {
      throw CommandFailure(.badData, String(decoding: bytes, as: UTF8.self))
    }
    throw CommandFailure(.badData, "no job matches '\(text)'; run `deepspool list --all` to see all jobs")
  }
}
