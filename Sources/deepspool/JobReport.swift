internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Spooling
internal import Wording

/// A job as its folder describes it, a rejected file as its reason does, or a file that is not accepted yet.
struct JobReport {
  let job: SpoolJob
  let layout: SpoolLayout
  let fileSystem: FileSystem
  /// The folder of the job; nil for a file that is no job.
  let folder: String?
  let log: JobLog?
  /// Whether the caller may not read the files of the job, as with the setting `results_group: submitter`; false for a
  /// file that is not accepted yet.
  let isPrivate: Bool
  private let user: Submitter?

  /// `withWarnings`: Whether the log has the warnings of the job, one of which may be why training ended.
  init(_ job: SpoolJob, layout: SpoolLayout, fileSystem: FileSystem, withWarnings: Bool = false) {
    self.job = job
    self.layout = layout
    self.fileSystem = fileSystem
    folder = job.state.map { layout.folder(job.id, in: $0) }
    isPrivate =
      switch job.standing {
      case .state(let state): fileSystem.isPrivate(layout.folder(job.id, in: state))
      case .rejected(let stem): fileSystem.isPrivate(Self.reasonFile(stem, layout))
      case .incoming: false
      }
    log = folder.map { JobLog(folder: $0, fileSystem: fileSystem, withWarnings: withWarnings) }
    user = Self.user(job, SpoolDirectory(layout, fileSystem: fileSystem))
  }

  private static func reasonFile(_ stem: String, _ layout: SpoolLayout) -> String { "\(layout.rejected)/\(stem).why" }

  private var directory: SpoolDirectory { SpoolDirectory(layout, fileSystem: fileSystem) }

  private func modifiedSeconds(_ path: String) -> Double? { (try? fileSystem.status(path))?.modifiedSeconds }

  // MARK: Use of the machine

  /// What all processes of the job used so far, the one that runs included; nil for a file that is no job.
  var usage: JobLog.Usage? {
    guard var usage = log?.usage, job.state == .running, let folder else { return log?.usage }
    // Of several ranks, only the first is on this machine for sure.
    guard (try? directory.readJob(job.id, in: .running))?.rankCount == 1,
      let process = LiveProcess(ofJobIn: folder)
    else { return usage }
    usage.cpuSeconds += process.cpuSeconds
    usage.peakMemoryBytes = max(usage.peakMemoryBytes, process.peakMemoryBytes)
    usage.isGrowing = true
    return usage
  }

  // MARK: Reasons

  private static let privacy = "only its submitter may read its files"

  /// The reason why the job failed, was cancelled or rejected, waits or is held; nil if there is none.
  var reason: String? {
    guard !isPrivate else { return Self.privacy }
    switch job.standing {
    case .incoming(let file): return arrival("\(layout.incoming)/\(file)")
    case .rejected(let stem):
      return directory.reason(inFile: Self.reasonFile(stem, layout)).map { Rejection.reason(inText: $0) }
    case .state(.held):
      return orders.last { $0.text == SpoolOrder.hold.rawValue }.map { "held by \($0.giver.title)" }
    case .state(let state):
      return folder.flatMap {
        directory.reason(inFile: "\($0)/\(state == .queued ? JobFolderLayout.waitsFile : JobFolderLayout.reasonFile)")
      }
    }
  }

  /// Returns why a file is still in `incoming`.
  private func arrival(_ path: String) -> String {
    let text = "not accepted yet: the file waits in incoming"
    guard SpoolLock.isHeld(layout), !fileSystem.isMarkedComplete(path) else { return text }
    return text + "; one that was written there before the daemon started is taken once it has not changed for a minute"
  }

  /// The warnings of the job, each once; empty unless they were read, and if the caller may not read them.
  var warnings: [String] { isPrivate ? [] : log?.end.warnings ?? [] }

  // MARK: Users

  /// The user who submitted the job, such as `alice (uid 1001)`; nil if unknown.
  var submitter: String? { user.map { OrderGiver(userID: $0.userID, userName: $0.userName).title } }

  /// The name of the submitter, or the number of a user without name.
  var submitterName: String? { user?.title }

  /// Returns the submitter of a job; nil if unknown.
  static func user(_ job: SpoolJob, _ directory: SpoolDirectory) -> Submitter? {
    func user(_ userID: UInt32?) -> Submitter? {
      userID.map { Submitter(userID: $0, userName: UserDatabase.user($0)?.name) }
    }
    switch job.standing {
    case .incoming(let file):
      return user((try? directory.fileSystem.status("\(directory.layout.incoming)/\(file)"))?.ownerID)
    case .rejected(let stem): return user(directory.rejection(stem)?.submitterID)
    case .state(let state): return directory.submitter(in: directory.layout.folder(job.id, in: state))
    }
  }

  /// The orders that the job was given, in order.
  var givenOrders: [RecordedOrder] { folder.map { directory.recordedOrders(in: $0) } ?? [] }

  /// The orders that the job obeyed, in order.
  var orders: [RecordedOrder] { givenOrders.filter { $0.refusal == nil } }

  // MARK: Times

  /// The time of acceptance or rejection, in seconds since 1970; nil if unknown.
  ///
  /// For a file that is not accepted yet, the time of its last change.
  var submittedSeconds: Double? {
    switch job.standing {
    case .incoming(let file): modifiedSeconds("\(layout.incoming)/\(file)")
    case .rejected(let stem): modifiedSeconds(Self.reasonFile(stem, layout))
    case .state(let state): directory.submittedSeconds(job.id, in: state)
    }
  }

  /// The time at which the job ended or was rejected, in seconds since 1970; nil before its end.
  var endedSeconds: Double? {
    switch job.standing {
    case .rejected: submittedSeconds
    case .state(.queued), .state(.running), .state(.held), .incoming: nil
    case .state(.finished): log?.processEndedSeconds ?? folder.flatMap(modifiedSeconds)
    case .state(.failed), .state(.cancelled):
      // A job that waits again after it ran can be cancelled later.
      folder.flatMap { modifiedSeconds("\($0)/\(JobFolderLayout.reasonFile)") ?? log?.processEndedSeconds }
    }
  }

  /// Returns the estimated time until a running job ends, at the latest at its time limit; nil if unknown.
  ///
  /// `nowSeconds`: Seconds since 1970.
  func secondsLeft(nowSeconds: Double) -> Double? {
    guard job.state == .running, let log, let estimate = log.meter.secondsLeft(nowSeconds: nowSeconds) else {
      return nil
    }
    let limits = [schedulingNumber("max_runtime_secs"), QueueLimits.read(layout, fileSystem)?.maximumRuntimeSeconds]
    let limit = limits.compactMap { $0 }.filter { $0 > 0 }.min() ?? .infinity
    return min(estimate, max(0, limit - log.runSeconds(nowSeconds: nowSeconds)))
  }

  // MARK: Files

  /// The path of the result, once it is complete; nil if the caller may not read it.
  var result: String? {
    guard !isPrivate, job.state != nil, fileSystem.exists(layout.result(job.id)) else { return nil }
    return layout.result(job.id)
  }

  /// The group and priority of the job; nil if its file cannot be read, or was rejected.
  var place: (group: String?, priority: Int)? {
    guard let state = job.state, let text = try? directory.jobText(job.id, in: state) else { return nil }
    let ordered = directory.orderedPriority(of: job.id, in: state)?.value
    let root = Self.scheduling(text, file: job.id.fileName)
    let group = root?.ofJobBlock("group").flatMap { $0.isNull ? nil : $0.text }
    return (
      group?.isEmpty == false ? group : nil,
      ordered ?? root?.ofJobBlock("priority")?.number.flatMap { Int(exactly: $0) } ?? 0
    )
  }

  /// Returns a number of the job's block `job`; nil if it has none.
  private func schedulingNumber(_ key: String) -> Double? {
    guard let state = job.state, let text = try? directory.jobText(job.id, in: state) else { return nil }
    return Self.scheduling(text, file: job.id.fileName)?.ofJobBlock(key)?.number
  }

  /// Returns a job file that may have a block `job`; nil for others.
  private static func scheduling(_ text: [UInt8], file: String) -> DocumentNode? {
    // Lists may be long, so only what is needed is read, and only if it may be there.
    guard text.firstRange(of: schedulingBlock) != nil else { return nil }
    return try? DocumentReader.read(text, file: file)
  }

  private static let schedulingBlock = Array(DocumentNode.jobBlock.utf8)
}
