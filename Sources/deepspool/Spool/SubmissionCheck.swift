internal import Documents
internal import DurableFiles
internal import Glibc
internal import JobFiles
internal import Jobs
internal import Planning
internal import Spooling

/// The check of a job against its tables before it is submitted, as far as the submitter can read them.
///
/// The daemon finds tables in its data directories, which the limits in the spool name. What the submitter cannot find or
/// read is left to the daemon.
struct SubmissionCheck {
  /// The size of all tables that a command reads, because it should answer soon, and the least that counts for a job.
  private static let (maximumBytes, leastBytes) = (1 << 30, 1 << 20)

  private let layout: SpoolLayout
  private let fileSystem = FileSystem()
  private let data: DataDirectories
  private let limits: QueueLimits
  private let threads: Int
  /// The number of bytes that may still be read.
  private var bytesLeft = Self.maximumBytes

  /// Returns nil if no daemon has written its data directories into the spool.
  ///
  /// `threads`: The number of threads for reading tables.
  init?(_ layout: SpoolLayout, threads: Int) {
    guard let limits = QueueLimits.read(layout, fileSystem), !limits.dataDirectories.isEmpty else { return nil }
    self.layout = layout
    self.threads = threads
    self.limits = limits
    data = DataDirectories(limits.dataDirectories)
  }

  /// Returns what the tables and models show, or that the job would not fit into the memory for all jobs; nothing if a
  /// table or model is left to the daemon.
  ///
  /// `hasFaults`: Whether the job has faults of its own, so that it cannot be planned.
  mutating func findings(on job: JobFile, hasFaults: Bool) -> DataCheck.Findings {
    guard let byteCount = readableBytes(job) else { return DataCheck.Findings() }
    if !hasFaults, let excess = excess(of: job) { return DataCheck.Findings(faults: [excess]) }
    guard byteCount <= bytesLeft else { return DataCheck.Findings() }
    bytesLeft -= max(Self.leastBytes, byteCount)
    let files = NamedFiles(frame: data.resolve, model: { [self] in try model($0) }, export: { $0 })
    return DataCheck(job, files: files, fileSystem: fileSystem, threads: threads, plans: !hasFaults).findings()
  }

  /// Returns the fault of a job that the daemon would never start, as it decides from the beginning of the tables; nil
  /// if the job fits, or if its tables have faults.
  private func excess(of job: JobFile) -> DocumentFault? {
    guard
      let estimate = try? JobEstimate.of(job, threads: limits.threadsPerJob, resolveFrame: data.resolve),
      case .never(let reason, let advice) = JobNeeds(
        memoryBytes: estimate.memoryBytes, diskBytes: estimate.diskBytes, explanation: estimate.explanation,
        smallerForms: estimate.smallerNetworks.map { .init(text: $0.text, memoryBytes: $0.memoryBytes) }
      ).verdict(limits, runningBytes: 0, space: nil)
    else { return nil }
    return DocumentFault(at: job.location(of: \.trainingFrame), "\(reason). \(advice)")
  }

  /// Returns the size of the tables of a job; nil if the caller cannot read all that it names.
  private func readableBytes(_ job: JobFile) -> Int? {
    let models = [job.checkpoint, job.pretrainedAutoencoder, job.model].compactMap { $0 }
    // Another job may still train the model.
    guard models.isEmpty || job.after.isEmpty && job.afterAny.isEmpty else { return nil }
    guard models.allSatisfy({ (try? model($0)).map(isReadable) ?? false }) else { return nil }
    let tables = job.namedFiles.compactMap { try? data.resolve($0.name) }
    guard tables.count == job.namedFiles.count, tables.allSatisfy(isReadable) else { return nil }
    return tables.reduce(0) { $0 + fileSystem.byteCount(ofTree: $1) }
  }

  /// Returns whether the caller may read a file, or a folder with everything in it.
  private func isReadable(_ path: String) -> Bool {
    guard access(path, R_OK) == 0, let status = try? fileSystem.status(path) else { return false }
    guard status.kind == .folder else { return status.kind == .file }
    return access(path, X_OK) == 0 && ((try? fileSystem.list(path)) ?? []).allSatisfy { isReadable("\(path)/\($0)") }
  }

  /// Returns the result folder of a model: of the caller's job of this name, of a job by its number, or below a data
  /// directory.
  private func model(_ name: String) throws -> String {
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    let results = try fileSystem.list(layout.results).compactMap { JobIdentifier($0) }
    let meant = JobReference(name).meant(
      among: results, id: { $0 }, isOwn: { directory.submitterID(ofResult: $0) == UserAccess.ownUserID })
    if let newest = meant.max() { return layout.result(newest) }
    return try data.resolve(name)
  }
}
