internal import Documents
internal import DurableFiles
internal import Glibc
internal import JobFiles
internal import Jobs
internal import Spooling

/// A job file on its way into the spool.
struct Submission {
  enum Outcome {
    /// The file is invalid and was not dropped.
    case refused
    /// The daemon has not answered yet.
    case waiting
    case accepted(SpoolJob)
    case rejected(SpoolJob)
  }

  /// The path as given on the command line.
  let path: String
  private let bytes: [UInt8]
  /// The name in `incoming`.
  private(set) var name: String
  private(set) var outcome = Outcome.waiting
  private(set) var reason: String?
  /// Warnings about the job and its tables, with their places in the job file.
  private(set) var warnings: [String] = []
  /// The exit status for a file that was refused.
  private(set) var refusalStatus = CommandFailure.Status.badData
  /// The highest number in the spool before the file was dropped.
  private(set) var earlierNumber = 0
  /// The rejected files in the spool before the file was dropped.
  private(set) var earlierRejected: Set<String> = []

  /// Reads and checks a job file.
  ///
  /// A file that cannot be read, an invalid job, and one that does not fit its tables are refused at once. The daemon
  /// checks what the caller cannot read.
  ///
  /// `check`: Returns what the job's tables and models show; nil to leave them to the daemon.
  init(_ path: String, name: String, check: inout SubmissionCheck?) {
    self.path = path
    self.name = name
    do throws(CommandFailure) {
      bytes = try JobFileArgument.bytes(of: path, fileSystem: FileSystem())
    } catch {
      bytes = []
      (outcome, reason, refusalStatus) = (.refused, error.message, error.status)
      return
    }
    if let fault = MistakenTable.fault(bytes, file: path) {
      (outcome, reason) = (.refused, fault.description)
      return
    }
    guard IncomingName(name) == .job else {
      (outcome, reason) = (.refused, Self.nameAdvice)
      return
    }
    do throws(DocumentError) {
      let (job, faults) = try JobFileReader.check(bytes, file: JobFileArgument.title(of: path))
      let found = check?.findings(on: job, hasFaults: !faults.isEmpty)
      warnings = found?.warnings.map(\.warning) ?? []
      let all = faults + (found?.faults ?? [])
      guard all.isEmpty else { throw DocumentError(all) }
    } catch {
      (outcome, reason) = (.refused, error.description)
    }
  }

  /// Whether the daemon has not answered yet.
  var isWaiting: Bool { if case .waiting = outcome { true } else { false } }

  private static let nameAdvice =
    "the names of job files end in .yaml, .yml or .json, and do not begin with a dot; rename the file"

  var isRejected: Bool {
    switch outcome {
    case .refused, .rejected: true
    case .waiting, .accepted: false
    }
  }

  /// The job, once the daemon has answered.
  var job: SpoolJob? {
    switch outcome {
    case .refused, .waiting: nil
    case .accepted(let job), .rejected(let job): job
    }
  }

  /// `{file, id, state, reason, warnings}`; the state of a file that waits for the daemon is `incoming`.
  var json: JSONValue {
    let state =
      switch outcome {
      case .refused: SpoolJob.rejectedTitle
      case .waiting: "incoming"
      case .accepted(let job), .rejected(let job): job.title
      }
    return .object([
      ("file", .string(path)), ("id", job.map { .string("\($0.id)") } ?? .null), ("state", .string(state)),
      ("reason", reason.map(JSONValue.string) ?? .null), ("warnings", .array(warnings.map(JSONValue.string))),
    ])
  }

  /// Records the answer of the daemon, or the end of the job.
  mutating func answer(_ job: SpoolJob, reason: String?) {
    outcome = job.state == nil ? .rejected(job) : .accepted(job)
    self.reason = reason
  }

  // MARK: Dropping

  private static let maximumNames = 9999
  /// The daemon must be able to read an order, whatever the umask of the caller.
  private static let orderMode: UInt32 = 0o644

  /// Writes the file into `incoming`, with a number in its name if the name is taken.
  ///
  /// Two users may submit files of one name at the same time. The file is written under a dot-name and renamed, so that
  /// the daemon never sees a partial file. Users may write to `incoming` but not open it, so the daemon syncs it.
  ///
  /// - `isHeld`: Whether the job must not start before it is released.
  func dropped(into layout: SpoolLayout, isHeld: Bool) throws -> Submission {
    guard isWaiting else { return self }
    let fileSystem = FileSystem()
    // Who may not list the spool may not add files either, which has a message of its own.
    let listing = try? SpoolListing.read(layout, fileSystem: fileSystem)
    var dropped = self
    dropped.earlierNumber = listing?.highestNumber ?? 0
    dropped.earlierRejected = listing?.rejected ?? []
    // An order by name would mean an older job of that name.
    let taken = isHeld ? Set((listing?.jobs ?? [:]).filter { !$0.key.isEnd }.values.joined().map(\.name)) : []
    let order = isHeld ? try holdOrder(in: layout, fileSystem) : nil
    for name in candidates where !taken.contains(JobIdentifier(number: 0, name: Paths.stem(of: name)).name) {
      guard try isDropped(at: "\(layout.incoming)/\(name)", fileSystem) else { continue }
      dropped.name = name
      // An order that is there before the job starts applies; the daemon reads the file first, which takes longer.
      if let order { try fileSystem.rename(order, to: "\(layout.orders(.hold))/\(name)") }
      return dropped
    }
    throw FileSystemError(operation: "find a free name for", path: path, code: EEXIST)
  }

  private var candidates: [String] {
    let (stem, ending) = (Paths.stem(of: name), Paths.fileExtension(of: name))
    return [name] + (2...Self.maximumNames).map { "\(stem).\($0).\(ending)" }
  }

  /// Writes the order to hold the job under a hidden name, which is ignored, and returns its path.
  private func holdOrder(in layout: SpoolLayout, _ fileSystem: FileSystem) throws -> String {
    umask(~Self.orderMode & 0o777)
    let path = "\(layout.orders(.hold))/.\(FileSystem.randomText())"
    try fileSystem.write([], to: path, mode: Self.orderMode, syncsFolder: false)
    return path
  }

  /// Writes the file, and returns false if the name is taken.
  private func isDropped(at path: String, _ fileSystem: FileSystem) throws -> Bool {
    // The exclusive write below decides; this check only avoids useless writes.
    guard !fileSystem.exists(path) else { return false }
    do throws(FileSystemError) {
      let writer = try fileSystem.writer(path)
      try writer.append(bytes)
      // The daemon reads the file with the group of the folder.
      try writer.share(withGroup: fileSystem.status(Paths.folder(of: path)).groupID)
      // A daemon that starts later sees no event.
      try writer.markComplete()
      try writer.finish(syncsFolder: false, replaces: false)
      return true
    } catch {
      if error.exists { return false }
      guard error.isPermission else { throw error }
      throw SpoolPermission.failure("add files to", Paths.folder(of: path))
    }
  }
}
