internal import DurableFiles
internal import Jobs
internal import Spooling
internal import Supervision

/// The daemon's side of the process that inspects dropped files.
///
/// A file that makes the process crash twice is invalid; the daemon and other files are unaffected.
struct InspectorClient: Sendable {
  typealias Process = HelperProcess<InspectorCommand.Question, Inspection.Finding>

  /// Crashes after which the file is held responsible.
  private static let maximumCrashes = 2
  /// Kills from outside after which the inspection is postponed.
  private static let maximumKills = 3

  private let process: Process
  private let live: LiveConfiguration

  init(_ spawner: WorkerSpawner, _ live: LiveConfiguration) {
    process = Process(
      label: "deepspool.inspector", .itself([InspectorCommand.name]), spawner,
      silenceSeconds: { live.configuration.workerPatienceSeconds }, secondsNow: Clocks.monotonicSeconds)
    self.live = live
  }

  /// Does the inspections of a queue, and tells the loop after each of them.
  ///
  /// The queue writes the outcome of one inspection to the disk during the next.
  func serve(_ queue: JobQueue, _ loop: EventInlet) async {
    // The first dropped file does not wait for the process.
    await process.start()
    for await inspection in queue.inspections {
      let finding = await inspect(inspection)
      // The queue asks for the next inspection before it has ended this call.
      Task {
        do throws(FileSystemError) {
          try await queue.inspected(inspection, finding)
          loop.yield(.looked(nil))
        } catch {
          loop.yield(.looked(error))
        }
      }
    }
  }

  private func inspect(_ inspection: Inspection) async -> Inspection.Finding {
    var (crashes, kills) = (0, 0)
    while true {
      let failure: Process.Failure
      switch await process.ask(InspectorCommand.Question(inspection, live.configuration)) {
      case .success(let finding): return finding
      case .failure(let found): failure = found
      }
      switch failure {
      case .notStarted(let reason): return Self.postponed(inspection, "\(reason)")
      case .died(.stall(let seconds)):
        return Self.postponed(inspection, "no data could be read for \(Int(seconds.rounded())) s")
      case .died(.killed) where kills < Self.maximumKills: kills += 1
      case .died(.killed(let signal)):
        return Self.postponed(inspection, "its inspection \(WorkerDeath.killed(signal: signal))")
      case .died(let death):
        crashes += 1
        if crashes >= Self.maximumCrashes { return Self.refused(inspection, death) }
      }
    }
  }

  private static func postponed(_ inspection: Inspection, _ reason: String) -> Inspection.Finding {
    inspection.purpose == .estimate ? .needs(nil) : .inUse(reason: reason)
  }

  private static func refused(_ inspection: Inspection, _ death: WorkerDeath) -> Inspection.Finding {
    guard inspection.purpose != .estimate else { return .needs(nil) }
    return .unfit(
      reason: "the process that inspects job files \(death) while it read this job and its data, "
        + "\(maximumCrashes) times; check the job file and the files that it names, and report the problem")
  }
}
