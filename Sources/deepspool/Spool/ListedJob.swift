internal import Documents
internal import JobEvents
internal import Spooling
internal import Wording

/// The facts about a job that lists show, with the names and types of `list --json`.
struct ListedJob {
  let report: JobReport
  let submitter: String?
  let group: String?
  let priority: Int?
  let submittedSeconds: Double?
  let startedSeconds: Double?
  let endedSeconds: Double?
  /// The estimated time until a running job ends; nil if unknown.
  let secondsLeft: Double?
  let reason: String?
  let result: String?
  private let nowSeconds: Double

  /// - Parameters:
  ///   - report: What the files of the job tell.
  ///   - nowSeconds: Seconds since 1970.
  ///   - condition: What a queued job waits for, if that was looked up.
  init(_ report: JobReport, nowSeconds: Double, condition: String? = nil) {
    self.report = report
    self.nowSeconds = nowSeconds
    submitter = report.submitterName
    let place = report.place
    group = place?.group
    priority = place?.priority
    submittedSeconds = report.submittedSeconds
    startedSeconds = report.log?.startedSeconds
    endedSeconds = report.endedSeconds
    secondsLeft = report.secondsLeft(nowSeconds: nowSeconds)
    reason = condition ?? report.reason
    result = report.result
  }

  var id: JobIdentifier { report.job.id }
  var state: String { report.job.title }

  /// The time since the job was submitted; nil if unknown.
  var ageSeconds: Double? { submittedSeconds.map { nowSeconds - $0 } }

  /// The time for which the job has been running; nil before its start.
  var runSeconds: Double? { startedSeconds == nil ? nil : report.log?.runSeconds(nowSeconds: nowSeconds) }

  /// The completed share of the job, from 0 to 1; nil if unknown.
  var fraction: Double? { report.job.state == .finished ? 1 : report.log?.meter.fraction }

  /// The latest score; nil before the first.
  var score: ProgressMeter.Score? { report.log?.meter.score }

  // MARK: JSON

  /// The fields of `list --json`, in order.
  var fields: [(String, JSONValue)] {
    [
      ("id", report.job.jsonID), ("name", .string(id.name)), ("state", .string(state)),
      ("submitter", Self.text(submitter)), ("group", Self.text(group)),
      ("priority", priority.map(JSONValue.int) ?? .null), ("submitted", Self.time(submittedSeconds)),
      ("started", Self.time(startedSeconds)), ("ended", Self.time(endedSeconds)), ("progress", progress),
      ("reason", Self.text(reason)), ("result", Self.text(result)),
    ]
  }

  /// The fields of `history --json`: those of a list, and the use of the machine.
  var historyFields: [(String, JSONValue)] {
    let usage = report.usage
    let hasRun = startedSeconds != nil
    return fields + [
      ("run_seconds", Self.number(runSeconds.map { ($0 * 1000).rounded() / 1000 })),
      ("cpu_seconds", hasRun ? Self.number(usage?.cpuSeconds) : .null),
      ("peak_memory_bytes", hasRun ? usage.map { .int($0.peakMemoryBytes) } ?? .null : .null),
      ("processes", .int(usage?.processCount ?? 0)),
    ]
  }

  private var progress: JSONValue {
    .object([
      ("fraction", Self.number(fraction.map { ($0 * 10_000).rounded() / 10_000 })),
      ("epochs", Self.number(score?.epochs)), ("total_epochs", Self.number(score?.totalEpochs)),
      ("metric", Self.text(score?.metric)), ("value", Self.number(score?.value)),
      ("seconds_left", Self.number(secondsLeft.map { $0.rounded() })),
    ])
  }

  private static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
  private static func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
  private static func time(_ seconds: Double?) -> JSONValue { seconds.map { .string(Format.time($0)) } ?? .null }

  // MARK: Text

  /// Text such as `61 %, epoch 6.1 of 10, validation AUC 0.8321, about 4 min left`, or the metric alone for a finished
  /// job; nil if nothing is known.
  var progressText: String? {
    let isWriting = report.job.state == .running && report.log?.meter.isDone ?? false
    let share =
      report.job.state == .finished
      ? nil : isWriting ? EventText.writing : fraction.map { "\(NumberText.percent($0)) %" }
    // The model may be the mean of several networks; the end of the training says which.
    let epochs =
      report.job.state == .finished
      ? nil
      : score.map { score in
        "epoch \(NumberText.brief(score.epochs))" + (score.totalEpochs.map { " of \(NumberText.brief($0))" } ?? "")
      }
    let parts = [share, epochs, score.flatMap(Self.metric), ProgressText.timeLeft(secondsLeft)].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Text such as `validation AUC 0.8321`.
  static func metric(_ score: ProgressMeter.Score) -> String? {
    score.metric.map { metric in
      let words = metric.split(separator: "_", maxSplits: 1).joined(separator: " ")
      return "\(words) \(NumberText.brief(score.value))"
    }
  }
}
