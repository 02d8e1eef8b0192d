internal import DurableFiles
internal import JobEvents

/// What a job's events tell about its progress, its times and its use of the machine.
struct JobLog {
  /// The usage of the machine by all processes of a job.
  struct Usage {
    var processCount = 0
    var runSeconds = 0.0
    var cpuSeconds = 0.0
    var peakMemoryBytes = 0
    /// Whether the figures have those of a process that still runs.
    var isGrowing = false
  }

  private(set) var meter = ProgressMeter()
  /// The time of the first start, in seconds since 1970; nil before.
  private(set) var startedSeconds: Double?
  /// The time at which the last process ended; nil while one runs and before the first.
  private(set) var processEndedSeconds: Double?
  private(set) var usage = Usage()
  /// Why training ended; without limit and warnings unless warnings were read.
  private(set) var end = TrainingEnd()
  /// The start of the process that runs.
  private var runningSince: Double?
  private var lastSeconds = 0.0

  private static let maximumBytes = 256 << 20

  /// Reads the events in the folder of a job; a folder without events is one of a job that has not started.
  init(folder: String, fileSystem: FileSystem, withWarnings: Bool = false) {
    for logged in Self.events(in: folder, fileSystem, withWarnings: withWarnings) { note(logged) }
  }

  /// Returns the events in the folder of a job; see ``EventLog``.
  static func events(in folder: String, _ fileSystem: FileSystem, withWarnings: Bool = false) -> [LoggedEvent] {
    let bytes = try? fileSystem.read("\(folder)/\(JobFolderLayout.eventsFile)", limit: maximumBytes)
    return EventLog.milestones(bytes ?? [], withWarnings: withWarnings)
  }

  private mutating func note(_ logged: LoggedEvent) {
    end.note(logged.event)
    // Lists do not read warnings, which tell nothing about progress.
    if case .warning = logged.event { return }
    meter.note(logged)
    let seconds = logged.seconds
    switch logged.event {
    case .processEnded(_, let process):
      usage.processCount += 1
      usage.cpuSeconds += process.cpuSeconds
      usage.peakMemoryBytes = max(usage.peakMemoryBytes, process.peakMemoryBytes)
      if let runningSince { usage.runSeconds += max(0, seconds - runningSince) }
      (runningSince, processEndedSeconds) = (nil, seconds)
    case .processStarted:
      // The end of a process is not recorded if the daemon ends with it.
      if let runningSince {
        usage.processCount += 1
        usage.runSeconds += max(0, lastSeconds - runningSince)
      }
      (runningSince, processEndedSeconds) = (seconds, nil)
    default:
      // Events of earlier versions do not tell of the start of a process.
      if runningSince == nil { (runningSince, processEndedSeconds) = (seconds, nil) }
    }
    if startedSeconds == nil { startedSeconds = seconds }
    lastSeconds = seconds
  }

  /// Returns the time for which processes of the job ran, including the one that still runs.
  func runSeconds(nowSeconds: Double) -> Double {
    usage.runSeconds + (runningSince.map { max(0, nowSeconds - $0) } ?? 0)
  }
}
