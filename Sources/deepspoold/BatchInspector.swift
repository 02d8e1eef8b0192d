internal import DataFrames
internal import Documents
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Planning
internal import Spooling
internal import Workers

/// The inspections of one batch: validates job files, fingerprints the tables that they name and estimates their needs.
///
/// What it learns about users and results holds for the whole batch.
struct BatchInspector {
  /// What the process has read before.
  struct Memory {
    let fingerprints = FileFingerprint.Memory()
    let allowance = HashAllowance(secondsNow: Clocks.monotonicSeconds)
    let resultSizes = ResultSizes()
  }

  /// The time after which a batch ends early, so that urgent inspections do not wait for the large tables of others.
  private static let batchSeconds = 0.2

  private let question: InspectorCommand.Question
  private let memory: Memory
  private let directory: SpoolDirectory
  private let owners: FileOwners

  init(_ question: InspectorCommand.Question, _ memory: Memory) {
    self.question = question
    self.memory = memory
    directory = SpoolDirectory(SpoolLayout(root: question.spool), fileSystem: FileSystem())
    owners = FileOwners(root: question.rootCountsAs)
  }

  /// Returns findings for the first inspections of the batch, at least one.
  func findings() -> [Inspection.Finding] {
    if question.maximumResultBytes != nil { memory.resultSizes.measure(directory) }
    let start = Clocks.monotonicSeconds()
    var findings: [Inspection.Finding] = []
    for inspection in question.inspections {
      findings.append(finding(inspection))
      if Clocks.monotonicSeconds() - start > Self.batchSeconds { break }
    }
    return findings
  }

  private func finding(_ inspection: Inspection) -> Inspection.Finding {
    do throws(InspectionFailure) {
      switch inspection.purpose {
      case .acceptance(let name): return try acceptance(inspection, name: name)
      case .load:
        let job = try directory.readJob(inspection.id, in: .queued)
        let submitter = try directory.submitter(of: inspection.id, in: .queued)
        return .sound(brief(inspection.id, job, submitter, in: .queued), JobContent())
      case .retry(let state, _):
        let job = try directory.readJob(inspection.id, in: state)
        let submitter = try directory.submitter(of: inspection.id, in: state)
        // Errors in the data are reported when the job starts.
        let inputs = try? inputs(of: job, submitter: submitter)
        return .sound(brief(inspection.id, job, submitter, in: state), JobContent(inputs: inputs))
      case .estimate:
        let job = try directory.readJob(inspection.id, in: .queued)
        return .needs(needs(of: job, try directory.submitter(of: inspection.id, in: .queued)))
      }
    } catch {
      return error.finding
    }
  }

  private func acceptance(_ inspection: Inspection, name: String) throws(InspectionFailure) -> Inspection.Finding {
    guard let received = try directory.receive(inspection.id, name: name, owners: owners) else { return .missing }
    let job = received.job
    let faults = directories(received.submitter).faults(of: job) + inspection.groupFaults(job)
    guard faults.isEmpty else { throw .unfit(reason: DocumentError(faults).description) }
    if let maximumBytes = question.maximumResultBytes,
      let fault = memory.resultSizes.fault(of: received.submitter, maximumBytes: maximumBytes)
    {
      throw .unfit(reason: fault)
    }
    let inputs = try inputs(of: job, submitter: received.submitter)
    return .sound(JobBrief(job, received.submitter), JobContent(text: received.text, inputs: inputs))
  }

  private func opener(_ submitter: Submitter) -> FileOpener {
    WorkerAssignment.Submitter(submitter, mustRead: question.submitterMustRead).opener()
  }

  private func directories(_ submitter: Submitter) -> DataDirectories {
    DataDirectories(question.dataDirectories, opener: opener(submitter))
  }

  private func brief(_ id: JobIdentifier, _ job: JobFile, _ submitter: Submitter, in state: JobState) -> JobBrief {
    JobBrief(job, submitter, ordered: directory.orderedPriority(of: id, in: state))
  }

  /// Returns the current description of the job's data files, the content of ``JobFolderLayout/inputsFile``.
  ///
  /// - Throws: ``InspectionFailure`` if a file cannot be read, or if the submitter may not read it.
  private func inputs(of job: JobFile, submitter: Submitter) throws(InspectionFailure) -> String {
    do {
      let inputs = try JobInputs.of(
        job, resolveFrame: directories(submitter).resolve, opener: opener(submitter)
      ) { path, opener, bytes in
        try memory.allowance.fingerprint(
          of: path, by: opener, hashedBytes: bytes, for: submitter.userID, memory.fingerprints)
      }
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
      job, threads: question.threadsPerJob, opener: TableOpener(opener(submitter)),
      resolveFrame: directories(submitter).resolve)
    return estimate.map {
      JobNeeds(
        memoryBytes: $0.memoryBytes, diskBytes: $0.diskBytes, explanation: $0.explanation,
        smallerForms: $0.smallerNetworks.map { .init(text: $0.text, memoryBytes: $0.memoryBytes) })
    }
  }
}
