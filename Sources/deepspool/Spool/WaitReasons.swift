internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Spooling

/// The conditions for which queued jobs of a list wait: other jobs, or a time.
///
/// Lists may be long, so only the conditions of a job file are parsed, and only if it may have some; the jobs of the spool
/// are indexed once.
struct WaitReasons {
  /// Texts of which at least one is in every job file with a condition.
  private static let marks = ["after", "not_before"].map { Array($0.utf8) }

  private let listing: SpoolListing
  private let directory: SpoolDirectory
  private let nowSeconds: Double
  private var index: JobIndex?

  /// `nowSeconds`: Seconds since 1970.
  init(_ listing: SpoolListing, _ directory: SpoolDirectory, nowSeconds: Double) {
    self.listing = listing
    self.directory = directory
    self.nowSeconds = nowSeconds
  }

  /// Returns what a queued job waits for; nil if its conditions are met, if it is in another state, and if the caller
  /// may not read it.
  mutating func reason(of job: SpoolJob) -> String? {
    guard job.state == .queued, let text = try? directory.jobText(job.id, in: .queued),
      Self.marks.contains(where: { text.firstRange(of: $0) != nil }),
      let root = try? DocumentReader.read(text, file: job.id.fileName)
    else { return nil }
    let conditions = Self.conditions(root)
    guard !conditions.isEmpty else { return nil }
    var index = self.index ?? JobIndex(listing, rejections: listing.rejected.compactMap(directory.rejection))
    index.identify(conditions.names, directory.submitterID)
    self.index = index
    let submitterID = directory.submitterID(of: job.id, in: .queued) ?? UserAccess.ownUserID
    switch conditions.verdict(for: job.id, of: submitterID, in: index, nowSeconds: nowSeconds) {
    case .waits(let reason), .never(let reason), .circular(let reason): return reason
    case .ready: return nil
    }
  }

  /// Returns the conditions that a job file states.
  private static func conditions(_ root: DocumentNode) -> JobConditions {
    func value(_ name: String) -> (any ParameterValue)? {
      guard let node = root.ofJobBlock(name), !node.isNull else { return nil }
      return try? ParameterCatalogue.shared.row(named: "\(DocumentNode.jobBlock).\(name)")?.parse(node)
    }
    return JobConditions(
      after: value("after") as? [String] ?? [], afterAny: value("after_any") as? [String] ?? [],
      notBeforeSeconds: (value("not_before") as? JobTime)?.secondsSince1970)
  }
}
