import ArgumentParser
internal import DataFrames
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Planning
internal import Spooling
internal import Supervision

/// The command that inspects dropped files in a process of its own; started by the daemon only.
struct InspectorCommand: ParsableCommand {
  static let name = "inspector"
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Inspects files for the deepspoold that started this process.", shouldDisplay: false)

  /// Ample for every valid job; a file that needs more is refused.
  private static let memoryLimitBytes = 1 << 30

  /// A question of the daemon, with the settings that the answer depends on.
  struct Question: Codable, Sendable {
    let inspection: Inspection
    let spool: String
    let dataDirectories: [String]
    let threadsPerJob: Int
    let submitterMustRead: Bool
    let rootCountsAs: Submitter.RootIdentity
    let maximumResultBytes: Int?

    init(_ inspection: Inspection, _ configuration: DaemonConfiguration) {
      self.inspection = inspection
      spool = configuration.spool
      dataDirectories = configuration.dataDirectories
      threadsPerJob = configuration.threadsPerJob
      submitterMustRead = configuration.submitterMustRead
      rootCountsAs = configuration.rootCountsAs
      maximumResultBytes = configuration.maximumResultBytes
    }
  }

  /// What the process has read before.
  struct Memory {
    let fingerprints = FileFingerprint.Memory()
    let resultSizes = ResultSizes()
  }

  func run() throws {
    MemoryLimit(bytes: Self.memoryLimitBytes).enforce()
    let memory = Memory()
    let answered = HelperLink.serve { (question: Question) in question.finding(memory) }
    guard answered > 0 else {
      throw ValidationError("only deepspoold starts inspectors; use 'deepspool check JOB' to check a job file")
    }
  }
}

extension InspectorCommand.Question {
  /// Validates a job file, fingerprints the tables that it names or estimates its needs, as the inspection requests.
  ///
  /// `memory`: What the process has read before.
  fileprivate func finding(_ memory: InspectorCommand.Memory) -> Inspection.Finding {
    do throws(InspectionFailure) {
      switch inspection.purpose {
      case .acceptance(let name): return try acceptance(name: name, memory)
      case .load: return .sound(try brief(of: readJob(in: .queued), in: .queued), JobContent())
      case .retry(let state, _):
        let job = try readJob(in: state)
        let submitter = try submitter(in: state)
        // Errors in the data are reported when the job starts.
        let inputs = try? inputs(of: job, submitter: submitter, memory.fingerprints)
        return .sound(try brief(of: job, in: state), JobContent(inputs: inputs))
      case .estimate: return .needs(needs(of: try readJob(in: .queued), try submitter(in: .queued)))
      }
    } catch {
      return error.finding
    }
  }

  private func acceptance(
    name: String, _ memory: InspectorCommand.Memory
  ) throws(InspectionFailure) -> Inspection.Finding {
    guard let received = try directory.receive(inspection.id, name: name, root: rootCountsAs) else {
      return .missing
    }
    let job = received.job
    let faults = directories(received.submitter).faults(of: job) + inspection.groupFaults(job)
    guard faults.isEmpty else { throw .unfit(reason: DocumentError(faults).description) }
    if let maximumResultBytes,
      let fault = memory.resultSizes.fault(of: received.submitter, maximumBytes: maximumResultBytes, in: directory)
    {
      throw .unfit(reason: fault)
    }
    let inputs = try inputs(of: job, submitter: received.submitter, memory.fingerprints)
    return .sound(JobBrief(job, received.submitter), JobContent(text: received.text, inputs: inputs))
  }

  private var directory: SpoolDirectory { SpoolDirectory(SpoolLayout(root: spool), fileSystem: FileSystem()) }

  private func opener(_ submitter: Submitter) -> FileOpener {
    WorkerAssignment.Submitter(submitter, mustRead: submitterMustRead).opener()
  }

  private func directories(_ submitter: Submitter) -> DataDirectories {
    DataDirectories(dataDirectories, opener: opener(submitter))
  }

  private func readJob(in state: JobState) throws(InspectionFailure) -> JobFile {
    try directory.readJob(inspection.id, in: state)
  }

  private func brief(of job: JobFile, in state: JobState) throws(InspectionFailure) -> JobBrief {
    JobBrief(
      job, try submitter(in: state), ordered: directory.orderedPriority(of: inspection.id, in: state))
  }

  private func submitter(in state: JobState) throws(InspectionFailure) -> Submitter {
    try directory.submitter(of: inspection.id, in: state)
  }

  /// Returns the current description of the job's data files, the content of ``JobFolderLayout/inputsFile``.
  ///
  /// - Throws: ``InspectionFailure`` if a file cannot be read, or if the submitter may not read it.
  private func inputs(
    of job: JobFile, submitter: Submitter, _ fingerprints: FileFingerprint.Memory
  ) throws(InspectionFailure) -> String {
    do {
      let inputs = try JobInputs.of(
        job, resolveFrame: directories(submitter).resolve, opener: opener(submitter),
        fingerprint: fingerprints.fingerprint)
      return String(decoding: inputs.bytes, as: UTF8.self)
    } catch let failure as JobFailure where failure.cause == .environment {
      throw .inUse(reason: failure.description)
    } catch {
      throw .unfit(reason: "\(error)")
    }
  }

  /// Returns the estimated needs of a job; nil if its data is invalid, which the job itself reports when it reads them.
  private func needs(of job: JobFile, _ submitter: Submitter) -> JobNeeds? {
    let estimate = try? JobEstimate.of(
      job, threads: threadsPerJob, opener: TableOpener(opener(submitter)),
      resolveFrame: directories(submitter).resolve)
    return estimate.map {
      JobNeeds(memoryBytes: $0.memoryBytes, diskBytes: $0.diskBytes, explanation: $0.explanation)
    }
  }
}
