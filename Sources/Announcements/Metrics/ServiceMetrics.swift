package import DurableFiles
package import Spooling
internal import Wording

/// The metrics of the service, for node_exporter's textfile collector.
///
/// Everyone may read them, so jobs appear by number only: names and submitters stay in the group.
package struct ServiceMetrics: Sendable {
  package static let fileName = "deepspool.prom"

  private let figures: ServiceFigures
  private let census: SpoolCensus
  private let progress: [JobIdentifier: Double]

  /// Creates the metrics.
  ///
  /// `progress`: The completed share of each running job that reports progress, from 0 to 1.
  package init(_ figures: ServiceFigures, _ census: SpoolCensus, progress: [JobIdentifier: Double]) {
    self.figures = figures
    self.census = census
    self.progress = progress
  }

  /// The text of the file.
  package var text: String {
    var page = ExpositionText()
    page.add(
      "build_info", .gauge, "The version of the daemon; the value is always 1.",
      [.init(labels: [("version", Product.version)], value: 1)])
    page.add("start_time_seconds", .gauge, "Start of the daemon, in seconds since 1970.", figures.startedSeconds)
    page.add(
      "jobs", .gauge, "Jobs in the spool by state.",
      JobState.allCases.compactMap { state in
        census.counts[state].map { .init(labels: [("state", state.rawValue)], value: Double($0)) }
      })
    page.add(
      "jobs_submitted_total", .counter, "Jobs accepted since the start of the daemon.", Double(figures.submittedCount))
    page.add(
      "jobs_ended_total", .counter, "Jobs that ended since the start of the daemon, by outcome.",
      ServiceFigures.Outcome.allCases.map {
        .init(labels: [("outcome", $0.rawValue)], value: Double(figures.endedCounts[$0] ?? 0))
      })
    page.add(
      "job_last_end_timestamp_seconds", .gauge, "Time of the last ending since the start of the daemon, by outcome.",
      ServiceFigures.Outcome.allCases.compactMap { outcome in
        figures.lastEndedSeconds[outcome].map { .init(labels: [("outcome", outcome.rawValue)], value: $0) }
      })
    page.add(
      "job_interruptions_total", .counter,
      "Ends of a job's process before the job, and attempts that the machine could not run.",
      Double(figures.interruptionCount))
    page.add(
      "job_cpu_seconds_total", .counter, "Processor time of the ended processes of jobs.", figures.cpuSeconds)
    page.add(
      "queue_oldest_job_timestamp_seconds", .gauge, "Acceptance of the oldest queued job; absent if none is queued.",
      census.oldestQueuedSeconds.map { [.init(value: $0)] } ?? [])
    page.add(
      "running_job_start_timestamp_seconds", .gauge, "Start of each running job, by its number.",
      samples(figures.runningSeconds))
    page.add(
      "running_job_progress_ratio", .gauge, "Completed share of each running job's training, by its number.",
      samples(progress.filter { figures.runningSeconds[$0.key] != nil }))
    page.add(
      "spool_free_bytes", .gauge, "Free space on the disk of the spool.",
      census.freeBytes.map { [.init(value: Double($0))] } ?? [])
    page.add(
      "intake_paused", .gauge, "1 while files stay in incoming because the disk is nearly full, else 0.",
      figures.isShortOfSpace ? 1 : 0)
    return page.text
  }

  private func samples(_ values: [JobIdentifier: Double]) -> [ExpositionText.Sample] {
    values.sorted { $0.key < $1.key }.map { .init(labels: [("number", String($0.key.number))], value: $0.value) }
  }

  /// Replaces the file in one step; a power failure may lose it.
  package func write(_ directory: SpoolDirectory) throws(FileSystemError) {
    let writer = try directory.fileSystem.writer("\(directory.layout.metrics)/\(Self.fileName)")
    try writer.openToAll()
    try writer.append(text)
    try writer.finish(isDurable: false)
  }
}
