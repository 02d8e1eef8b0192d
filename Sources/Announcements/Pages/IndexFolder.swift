package import DurableFiles
package import Spooling
internal import Wording

/// The index pages in the folder of the results.
///
/// `index.html` lists the jobs whose folders the group of the service may read. With `results_group: submitter`, the
/// other jobs are listed on a page per submitter, `index-NAME.html`, which only that user may read.
package struct IndexFolder: Sendable {
  package static let sharedName = "index.html"
  private static let (ownPrefix, ownSuffix) = ("index-", ".html")
  /// The end of the names of files with the reason of a rejection.
  private static let reasonSuffix = ".why"
  /// The number of jobs on a page; the oldest ended jobs are left out.
  private static let maximumRows = 10_000

  /// A job and the page that lists it.
  struct Entry: Sendable, Equatable {
    let id: JobIdentifier
    let state: JobState
    /// The only user who may read about the job; nil for the group of the service.
    let reader: Reader?
  }

  struct Reader: Sendable, Hashable {
    let userID: UInt32
    let title: String

    /// The name of the user's page; a name that is unsafe in a path gives way to the number.
    var fileName: String {
      let isSafe = title.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
      return ownPrefix + (isSafe && !title.isEmpty ? title : String(userID)) + ownSuffix
    }
  }

  private let directory: SpoolDirectory
  private let progress: [JobIdentifier: String]
  private let nowSeconds: Double

  /// Creates the pages of a spool.
  ///
  /// - Parameters:
  ///   - directory: The spool.
  ///   - progress: The progress of each running job.
  ///   - nowSeconds: Seconds since 1970.
  package init(_ directory: SpoolDirectory, progress: [JobIdentifier: String], nowSeconds: Double) {
    self.directory = directory
    self.progress = progress
    self.nowSeconds = nowSeconds
  }

  private var layout: SpoolLayout { directory.layout }
  private var fileSystem: FileSystem { directory.fileSystem }

  /// Writes all pages, each in one step, and removes those of submitters without private jobs.
  ///
  /// Only one row is in memory at a time. A power failure may lose the pages; the next event writes them again.
  package func write() throws(FileSystemError) {
    let entries = try entries()
    try write(entries.filter { $0.reader == nil }, to: Self.sharedName, title: "Jobs", reader: nil)
    var written: Set<String> = [Self.sharedName]
    for reader in Set(entries.compactMap(\.reader)).sorted(by: { $0.userID < $1.userID }) {
      let own = entries.filter { $0.reader == reader }
      try write(own, to: reader.fileName, title: "Jobs of \(reader.title)", reader: reader)
      written.insert(reader.fileName)
    }
    for name in try fileSystem.list(layout.results)
    where name.hasPrefix(Self.ownPrefix) && name.hasSuffix(Self.ownSuffix) && !written.contains(name) {
      try fileSystem.remove("\(layout.results)/\(name)")
    }
  }

  /// Returns the jobs of the spool: running and waiting ones first, then the newest.
  private func entries() throws(FileSystemError) -> [Entry] {
    var entries: [Entry] = []
    for states in [[JobState.running], [.queued, .held], JobState.allCases.filter(\.isEnd)] {
      var found: [(id: JobIdentifier, state: JobState)] = []
      for state in states {
        found += try fileSystem.list(layout.folder(state)).compactMap { JobIdentifier($0) }.map { ($0, state) }
      }
      for (id, state) in found.sorted(by: { $0.id > $1.id }) {
        entries.append(Entry(id: id, state: state, reader: reader(of: id, in: state)))
      }
    }
    return entries
  }

  /// Returns the only user who may read about a job; nil if the group of the service may.
  private func reader(of id: JobIdentifier, in state: JobState) -> Reader? {
    let folder = layout.folder(id, in: state)
    guard !fileSystem.isOpenToGroup(folder) else { return nil }
    guard let submitter = directory.submitter(in: folder) else {
      return Reader(userID: UserAccess.ownUserID, title: String(UserAccess.ownUserID))
    }
    return Reader(userID: submitter.userID, title: submitter.title)
  }

  private func write(
    _ entries: [Entry], to name: String, title: String, reader: Reader?
  ) throws(FileSystemError) {
    let writer = try fileSystem.writer("\(layout.results)/\(name)", mode: reader == nil ? 0o640 : 0o600)
    if let reader { try writer.keep(for: reader.userID) }
    let hidden = entries.count - Self.maximumRows
    let page = IndexPage(
      title: title,
      notes: (hidden > 0 ? ["\(hidden) older jobs are not listed; see deepspool list --all."] : [])
        + (reader == nil ? [rejections].compactMap { $0 } : []),
      writtenSeconds: nowSeconds, isLive: entries.contains { !$0.state.isEnd })
    try writer.append(page.head)
    for entry in entries.prefix(Self.maximumRows) { try writer.append(row(entry).html) }
    try writer.append(page.tail)
    try writer.finish(isDurable: false)
  }

  /// A sentence about files that did not become jobs; nil without any.
  ///
  /// Their names are not on the page, because they could belong to users whose jobs are private.
  private var rejections: String? {
    let names = (try? fileSystem.list(layout.rejected)) ?? []
    let count = names.count { $0.hasSuffix(Self.reasonSuffix) }
    guard count > 0 else { return nil }
    return NumberText.count(count, "rejected file") + (count == 1 ? " is" : " are")
      + " not listed: see \(layout.rejected), where each lies beside its reason, NAME\(Self.reasonSuffix)."
  }

  private func row(_ entry: Entry) -> IndexRow {
    let record = JobRecord.read(entry.id, in: entry.state, directory)
    let places = [layout.result(entry.id), layout.folder(entry.id, in: entry.state)]
    let report = places.map { "\($0)/\(JobFolderLayout.reportFile)" }.first(where: fileSystem.exists)
    return IndexRow(record, progress: progress[entry.id], report: report.map { relative($0) })
  }

  /// Returns a path in the spool as seen from the folder of the results.
  private func relative(_ path: String) -> String {
    path.hasPrefix(layout.results + "/")
      ? String(path.dropFirst(layout.results.count + 1)) : "../" + path.dropFirst(layout.root.count + 1)
  }
}
