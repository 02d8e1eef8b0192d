import Announcements
import DurableFiles
import Foundation
import JobEvents
import Spooling
import Testing

@Suite("Metrics for Prometheus")
struct ServiceMetricsTests {
  private static let first = JobIdentifier(number: 1, name: "first")
  private static let second = JobIdentifier(number: 2, name: "second")

  private static var busy: ServiceFigures {
    var figures = ServiceFigures(startedSeconds: 1000)
    for id in [first, second] { figures.note(.accepted(id, .nobody), nowSeconds: 1001) }
    figures.note(.started(first), nowSeconds: 1002)
    figures.note(.resumes(first, reason: "", seconds: 0, hasCheckpoint: true), nowSeconds: 1003)
    figures.note(.started(first), nowSeconds: 1004)
    figures.note(.finished(first, result: "/results/1"), nowSeconds: 1010)
    figures.note(ProcessUsage(cpuSeconds: 2.5, peakMemoryBytes: 1))
    figures.note(ProcessUsage(cpuSeconds: 1, peakMemoryBytes: 1))
    figures.note(.started(second), nowSeconds: 1011)
    figures.note(
      .rejected(name: "bad.yaml", id: JobIdentifier(number: 3, name: "bad"), reason: "", reasonFile: ""),
      nowSeconds: 1012)
    figures.note(.spaceShort(freeBytes: 1, minimumBytes: 2), nowSeconds: 1013)
    return figures
  }

  @Test("each metric has help, a type and its samples")
  func text() {
    let census = SpoolCensus(
      counts: [.queued: 3, .running: 1], oldestQueuedSeconds: 999, freeBytes: 5_000_000_000)
    let text = ServiceMetrics(Self.busy, census, progress: [Self.second: 0.25, Self.first: 1]).text
    let samples = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
    #expect(
      Array(samples) == [
        "deepspool_start_time_seconds 1000", "deepspool_jobs{state=\"queued\"} 3",
        "deepspool_jobs{state=\"running\"} 1", "deepspool_jobs_submitted_total 2",
        "deepspool_jobs_ended_total{outcome=\"finished\"} 1", "deepspool_jobs_ended_total{outcome=\"failed\"} 0",
        "deepspool_jobs_ended_total{outcome=\"cancelled\"} 0", "deepspool_jobs_ended_total{outcome=\"rejected\"} 1",
        "deepspool_job_last_end_timestamp_seconds{outcome=\"finished\"} 1010",
        "deepspool_job_last_end_timestamp_seconds{outcome=\"rejected\"} 1012", "deepspool_job_interruptions_total 1",
        "deepspool_job_cpu_seconds_total 3.5", "deepspool_queue_oldest_job_timestamp_seconds 999",
        "deepspool_running_job_start_timestamp_seconds{number=\"2\"} 1011",
        "deepspool_running_job_progress_ratio{number=\"2\"} 0.25", "deepspool_spool_free_bytes 5000000000",
        "deepspool_intake_paused 1",
      ])
    #expect(text.hasPrefix("# HELP deepspool_build_info The version of the daemon; the value is always 1.\n"))
    let metrics = text.matches(of: /# HELP (\w+) .+\n# TYPE (\w+) (counter|gauge)\n/)
    #expect(metrics.allSatisfy { $0.output.1 == $0.output.2 })
    #expect(metrics.allSatisfy { ($0.output.3 == "counter") == $0.output.1.hasSuffix("_total") })
    #expect(metrics.count == 13)
  }

  @Test("the names of jobs and users do not appear, because everyone may read the metrics")
  func privacy() {
    let text = ServiceMetrics(Self.busy, SpoolCensus(counts: [:]), progress: [Self.second: 0.5]).text
    #expect(!text.contains("second\""))
    #expect(!text.contains("oldest_job_timestamp"))
  }

  @Test("jobs are counted by folder, and the age of the queue is that of the job with the lowest number")
  func census() throws {
    let spool = try TestFolders()
    try spool.add(Self.second, in: .queued, submittedSeconds: 500)
    try spool.add(Self.first, in: .queued, submittedSeconds: 400)
    try spool.add(JobIdentifier(number: 3, name: "done"), in: .finished, submittedSeconds: 300)
    let census = SpoolCensus.take(spool.directory)
    #expect(census.counts == [.queued: 2, .running: 0, .held: 0, .finished: 1, .failed: 0, .cancelled: 0])
    #expect(census.oldestQueuedSeconds == 400)
    #expect((census.freeBytes ?? 0) > 0)
  }

  @Test("the file is readable for everyone, whatever the umask, and replaced in one step")
  func file() throws {
    let spool = try TestFolders()
    for _ in 0..<2 {
      try ServiceMetrics(Self.busy, SpoolCensus(counts: [:]), progress: [:]).write(spool.directory)
    }
    #expect(try FileSystem().list(spool.layout.metrics) == [ServiceMetrics.fileName])
    #expect(try FileSystem().status("\(spool.layout.metrics)/\(ServiceMetrics.fileName)").mode == 0o644)
  }
}
