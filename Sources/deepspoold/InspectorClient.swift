internal import DurableFiles
internal import Jobs
internal import Spooling
internal import Supervision

/// The daemon's side of the process that inspects dropped files.
///
/// A file that makes the process crash twice is invalid; the daemon and other files are unaffected.
struct InspectorClient: Sendable {
  typealias Process = HelperProcess<InspectorCommand.Question, [Inspection.Finding]>

  /// Crashes after which the file is held responsible.
  private static let maximumCrashes = 2
  /// Kills from outside after which the inspection is postponed.
  private static let maximumKills = 3
  /// The time that a killed process may take to end.
  private static let endSeconds = 2.0

  private let process: Process
  private let live: LiveConfiguration

  init(_ spawner: WorkerSpawner, _ live: LiveConfiguration) {
    process = Process(
      label: "deepspool.inspector", .itself([InspectorCommand.name]), spawner,
      silenceSeconds: { live.configuration.workerPatienceSeconds }, secondsNow: Clocks.monotonicSeconds)
    self.live = live
  }

  /// Does the inspections of a queue, and tells the loop after each batch.
  ///
  /// The queue writes the outcome of one batch to the disk during the next.
  func serve(_ queue: JobQueue, _ loop: EventInlet) async {
    // The first dropped file does not wait for the process.
    await process.start()
    for await batch in queue.inspections {
      let findings = await inspect(batch)
      // Files whose inspection was interrupted are inspected after the next start.
      guard !Task.isCancelled else { return }
      // The queue asks for the next batch before it has ended this call.
      Task {
        do throws(FileSystemError) {
          try await queue.inspected(batch, findings)
          loop.yield(.looked(nil))
        } catch {
          loop.yield(.looked(error))
        }
      }
    }
  }

  /// Ends the process; the task that serves must be cancelled before.
  func end() async { await process.stop(patienceSeconds: Self.endSeconds) }

  /// Returns findings for the first inspections of a batch, at least one.
  private func inspect(_ batch: [Inspection]) async -> [Inspection.Finding] {
    if batch.count > 1, case .success(let findings) = await ask(batch) { return findings }
    // The process has ended, perhaps because of one of the files: a process of its own finds out which.
    var findings: [Inspection.Finding] = []
    for inspection in batch { findings.append(await inspect(inspection)) }
    return findings
  }

  private func ask(_ batch: [Inspection]) async -> Result<[Inspection.Finding], Process.Failure> {
    let answer = await process.ask(InspectorCommand.Question(batch, live.configuration))
    if case .success(let findings) = answer, !(1...batch.count).contains(findings.count) {
      return .failure(.died(.unintelligible))
    }
    return answer
  }

  private func inspect(_ inspection: Inspection) async -> Inspection.Finding {
    var (crashes, kills) = (0, 0)
    while true {
      let failure: Process.Failure
      switch await ask([inspection]) {
      case .success(let findings): return findings[0]
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
