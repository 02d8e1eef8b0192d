internal import DurableFiles

/// The running time of a job, which continues across interruptions.
struct RunTime: Sendable, Equatable {
  /// The running time in seconds before the current or next start.
  var earlierSeconds = 0.0
  /// The time of the current start, in seconds since 1970; nil while the job does not run.
  var startedSeconds: Double?

  static let maximumBytes = 128

  /// The content of ``JobFolderLayout/runTimeFile``.
  var text: String {
    ([earlierSeconds] + (startedSeconds.map { [$0] } ?? [])).map { "\($0)" }.joined(separator: " ") + "\n"
  }

  init(earlierSeconds: Double = 0, startedSeconds: Double? = nil) {
    self.earlierSeconds = earlierSeconds
    self.startedSeconds = startedSeconds
  }

  /// Parses the content of the file; nil if it is damaged.
  init?(_ text: String) {
    let numbers = text.split(whereSeparator: \.isWhitespace).map { Double($0) }
    guard (1...2).contains(numbers.count), let earlier = numbers[0], earlier.isFinite, earlier >= 0 else { return nil }
    self.init(earlierSeconds: earlier, startedSeconds: numbers.count == 2 ? numbers[1] : nil)
  }
}

/// The record of running times in the folders of jobs.
///
/// The record serves the time limits only, so it is not synced and failures are ignored.
extension SpoolDirectory {
  func runTime(of id: JobIdentifier, in state: JobState) -> RunTime {
    let path = "\(layout.folder(id, in: state))/\(JobFolderLayout.runTimeFile)"
    return (try? fileSystem.read(path, limit: RunTime.maximumBytes))
      .flatMap { RunTime(String(decoding: $0, as: UTF8.self)) } ?? RunTime()
  }

  func note(_ time: RunTime, of id: JobIdentifier, in state: JobState) {
    let path = "\(layout.folder(id, in: state))/\(JobFolderLayout.runTimeFile)"
    try? fileSystem.write(time.text.utf8, to: path, isDurable: false)
  }

  /// Returns the time of the last sign of life of a job whose daemon ended, in seconds since 1970.
  func lastActivity(of id: JobIdentifier) -> Double? {
    let folder = layout.folder(id, in: .running)
    return [JobFolderLayout.eventsFile, JobFolderLayout.checkpointFolder, JobFolderLayout.reportFile]
      .compactMap { (try? fileSystem.status("\(folder)/\($0)"))?.modifiedSeconds }.max()
  }
}
