internal import DurableFiles
internal import JobFiles
internal import Spooling

/// Why a job is where it is, read from the spool alone.
struct JobExplanation {
  let id: JobIdentifier
  let state: JobState
  let listing: SpoolListing
  let layout: SpoolLayout
  let fileSystem: FileSystem
  let nowSeconds: Double

  private static let namedJobs = 3

  var sentence: String {
    let report = JobReport(id: id, state: state, layout: layout, fileSystem: fileSystem)
    switch state {
    case .queued: return waiting
    case .running: return "running, \(progress(id))"
    case .held: return "held; `deepspool release \(id)` lets it wait for its turn again"
    case .finished: return "finished" + (report.result.map { ", result in '\($0)'" } ?? "")
    case .failed: return "failed: \(report.reason ?? "the reason was lost"); `deepspool retry \(id)` tries again"
    case .cancelled: return report.reason ?? "cancelled"
    }
  }

  private var waiting: String {
    let directory = SpoolDirectory(layout, fileSystem: fileSystem)
    func job(_ id: JobIdentifier) -> JobFile? { try? directory.readJob(id, in: .queued).0 }
    guard let own = job(id) else { return "queued, but its job file cannot be read" }
    let index = JobIndex(listing)
    switch JobConditions(own).verdict(for: id, in: index, nowSeconds: nowSeconds) {
    case .waits(let reason), .never(let reason): return reason
    case .ready: break
    }
    let others = (listing.jobs[.queued] ?? []).filter { $0 != id }.compactMap { id in job(id).map { (id, $0) } }
    let before = others.filter { other, file in
      (file.priority, id) > (own.priority, other)
        && JobConditions(file).verdict(for: other, in: index, nowSeconds: nowSeconds) == .ready
    }
    let running = (listing.jobs[.running] ?? []).sorted()
    var parts = running.prefix(Self.namedJobs).map { "\($0) (\(progress($0)))" }
    if running.count > Self.namedJobs { parts.append("\(running.count - Self.namedJobs) more that run") }
    if !before.isEmpty { parts.append("\(before.count) waiting jobs of its priority or a higher one") }
    return parts.isEmpty ? "next: it starts as soon as the daemon looks" : "behind " + parts.joined(separator: " and ")
  }

  /// `61 %, about 4 min left`.
  private func progress(_ id: JobIdentifier) -> String {
    let lines = JobReport(id: id, state: .running, layout: layout, fileSystem: fileSystem).eventLines
    func last(_ event: String) -> [String: String]? {
      lines.last { $0.contains("\"event\": \"\(event)\"") }.map(JobReport.fields)
    }
    guard let planned = last("planned"), let total = planned["epochs"].flatMap(Double.init), total > 0,
      let begun = planned["time"].flatMap(Double.init), let scored = last("scored"),
      let done = scored["epochs"].flatMap(Double.init), let time = scored["time"].flatMap(Double.init), done > 0
    else { return "has just begun" }
    let share = min(1, done / total)
    let left = max(0, (time - begun) / share * (1 - share) - (nowSeconds - time))
    let text = left < 90 ? "\(Int(left.rounded())) s" : "\(Int((left / 60).rounded())) min"
    return "\(Int(100 * share)) %, about \(text) left"
  }
}
