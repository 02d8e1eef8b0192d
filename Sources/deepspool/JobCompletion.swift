import ArgumentParser
internal import DurableFiles
internal import JobFiles
internal import Spooling

extension CompletionKind {
  /// The identifiers of the jobs in the spool that the command line names, or in the usual one.
  static let jobs = CompletionKind.custom { words, _, _ in JobCompletion(words)?.jobs() ?? [] }

  /// The identifiers of the jobs that have ended.
  static let endedJobs = CompletionKind.custom { words, _, _ in JobCompletion(words)?.jobs(in: \.isEnd) ?? [] }

  /// The identifiers of the jobs for which the user may give the order of the command, and to which it applies.
  static let orderedJobs = CompletionKind.custom { words, _, _ in
    guard let completion = JobCompletion(words) else { return [] }
    return JobCompletion.order(in: words).map(completion.jobs(for:)) ?? completion.jobs()
  }

  /// The identifiers of finished jobs, and files and folders, in which models are.
  static let models = CompletionKind.custom { words, _, prefix in
    (JobCompletion(words)?.jobs { $0 == .finished } ?? []) + PathCompletion.paths(prefix)
  }

  /// The identifiers of finished jobs, and folders.
  static let results = CompletionKind.custom { words, _, prefix in
    (JobCompletion(words)?.jobs { $0 == .finished } ?? []) + PathCompletion.paths(prefix, onlyFolders: true)
  }

  /// Job files.
  static let jobFiles = CompletionKind.file(extensions: SpoolDirectory.jobFileExtensions)
}

/// The identifiers that a shell offers for the name of a job, the newest first.
struct JobCompletion {
  private static let option = "--spool"
  /// More are of no use in a menu.
  private static let maximumCount = 200

  private let listing: SpoolListing
  private let directory: SpoolDirectory

  /// Returns nil if there is no spool that the user may list.
  ///
  /// - `words`: The words of the command line so far.
  init?(_ words: [String]) {
    let named = words.firstIndex(of: Self.option).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    guard let root = named ?? (try? SpoolPlace.configured()) else { return nil }
    directory = SpoolDirectory(SpoolLayout(root: root), fileSystem: FileSystem())
    guard let listing = try? SpoolListing.read(directory.layout, fileSystem: directory.fileSystem) else { return nil }
    self.listing = listing
  }

  /// Returns the order of a command line; nil if it has none.
  static func order(in words: [String]) -> SpoolOrder? { words.lazy.compactMap { SpoolOrder(rawValue: $0) }.first }

  /// Returns the identifiers of the jobs in some states.
  func jobs(in isWanted: (JobState) -> Bool = { _ in true }) -> [String] {
    Self.texts(listing.jobs.filter { isWanted($0.key) }.values.joined().sorted(by: >).prefix(Self.maximumCount))
  }

  /// Returns the identifiers of the jobs and rejected files to which an order of this user applies.
  func jobs(for order: SpoolOrder) -> [String] {
    let serviceID = directory.serviceID
    let giver = OrderGiver(
      userID: UserAccess.ownUserID, serviceID: serviceID,
      operators: QueueLimits.read(directory.layout, directory.fileSystem)?.operators)
    func isObeyed(_ submitterID: UInt32?) -> Bool {
      giver.isOperator || giver.owns(submitterID, serviceID: serviceID)
    }
    let jobs = listing.jobs.filter { order.applies(to: $0.key) }.flatMap { state, ids in
      ids.map { (id: $0, state: state) }
    }
    let own = jobs.sorted { $0.id > $1.id }.lazy.filter {
      isObeyed(giver.isOperator ? nil : directory.submitterID(of: $0.id, in: $0.state))
    }
    let rejected =
      order == .remove
      ? RejectedFiles(listing.rejected, directory).all.filter { isObeyed($0.submitterID) }.map(\.job.id) : []
    let found = Array(own.prefix(Self.maximumCount).map(\.id)) + rejected
    return Self.texts(found.sorted(by: >).prefix(Self.maximumCount))
  }

  private static func texts(_ ids: some Sequence<JobIdentifier>) -> [String] { ids.map(\.description) }
}
