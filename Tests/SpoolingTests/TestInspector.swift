import Dispatch
import Documents
import DurableFiles
import JobFiles
import Spooling

/// An inspector that reads job files but no data, in place of the daemon's process.
struct TestInspector: Sendable {
  private let thread = DispatchQueue(label: "deepspool.inspection")
  private let directory: SpoolDirectory
  private let needs: @Sendable (JobFile) -> JobNeeds?
  private let inputs: @Sendable (JobFile) throws(InspectionFailure) -> String?

  /// - Parameters:
  ///   - directory: The spool.
  ///   - needs: Returns the estimated needs of a job.
  ///   - inputs: Returns the content of `inputs.json`.
  init(
    _ directory: SpoolDirectory, needs: @escaping @Sendable (JobFile) -> JobNeeds? = { _ in nil },
    inputs: @escaping @Sendable (JobFile) throws(InspectionFailure) -> String? = { _ in nil }
  ) {
    self.directory = directory
    self.needs = needs
    self.inputs = inputs
  }

  /// Inspects the files of jobs one after the other on a separate thread.
  func inspect(_ inspection: Inspection) async -> Inspection.Finding {
    await withCheckedContinuation { continuation in
      thread.async { continuation.resume(returning: finding(inspection)) }
    }
  }

  private func finding(_ inspection: Inspection) -> Inspection.Finding {
    let id = inspection.id
    do throws(InspectionFailure) {
      switch inspection.purpose {
      case .acceptance(let name):
        guard let received = try directory.receive(id, name: name, owners: FileOwners()) else { return .missing }
        let job = received.job
        let faults = inspection.groupFaults(job)
        guard faults.isEmpty else { return .unfit(reason: DocumentError(faults).description) }
        return .sound(
          JobBrief(job, received.submitter), JobContent(text: received.text, inputs: try inputs(job)))
      case .load:
        let submitter = try directory.submitter(of: id, in: .queued)
        let ordered = directory.orderedPriority(of: id, in: .queued)
        return .sound(JobBrief(try directory.readJob(id, in: .queued), submitter, ordered: ordered), JobContent())
      case .retry(let state, _):
        let job = try directory.readJob(id, in: state)
        let submitter = try directory.submitter(of: id, in: state)
        let brief = JobBrief(job, submitter, ordered: directory.orderedPriority(of: id, in: state))
        return .sound(brief, JobContent(inputs: try? inputs(job)))
      case .estimate: return .needs(needs(try directory.readJob(id, in: .queued)))
      }
    } catch {
      return error.finding
    }
  }
}
