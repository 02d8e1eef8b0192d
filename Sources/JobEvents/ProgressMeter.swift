/// Measures the progress of a job from its events.
///
/// A job with several models advances with each of them. Models that stop early let the job end sooner than estimated.
package struct ProgressMeter: Sendable {
  /// The latest score of the job or one of its models.
  package struct Score: Sendable, Equatable {
    package let epochs: Double
    /// Nil if unknown.
    package let totalEpochs: Double?
    /// The metric with its table, such as `validation_AUC`; nil for a job that trains no model.
    package let metric: String?
    package let value: Double

    package init(epochs: Double, totalEpochs: Double?, metric: String?, value: Double) {
      self.epochs = epochs
      self.totalEpochs = totalEpochs
      self.metric = metric
      self.value = value
    }
  }

  /// The shortest time that measures a speed: events that waited arrive at the same moment.
  private static let minimumSeconds = 1.0

  private struct Point: Sendable {
    let seconds: Double
    let fraction: Double
  }

  private var job = ModelProgress()
  /// The time at which a search with a time limit began or continued, and its remaining time then.
  private var search: (startSeconds: Double, secondsLeft: Double)?
  /// The completed share when the process started, which a search with a time limit does not repeat.
  private var earlierShare = 0.0
  private var latestSeconds = 0.0
  /// The point from which the speed is measured: the last event of the current process before its first score.
  private var start: Point?
  private var latest: Point?
  /// The latest score.
  package private(set) var score: Score?
  /// Whether training began; a prediction has no progress before its end.
  private var hasBegun = false

  package init() {}

  /// The completed share of the job, from 0 to 1; nil before training.
  package var fraction: Double? { hasBegun ? share : nil }

  /// The completed share of the models, or of the time limit of a search, whichever is larger.
  private var share: Double {
    let ofTime = search.map { search in
      let passed = min(1, max(0, (latestSeconds - search.startSeconds) / max(search.secondsLeft, 1e-3)))
      return earlierShare + (1 - earlierShare) * passed
    }
    return max(job.fraction, ofTime ?? 0)
  }

  /// Whether the job has ended its training or prediction; it may still write its result.
  package var isDone: Bool { job.isDone }

  /// Returns the estimated time until the end; nil before there is a speed to measure, and after training.
  ///
  /// `nowSeconds`: The clock of the events.
  package func secondsLeft(nowSeconds: Double) -> Double? {
    guard !isDone, let start, let latest, latest.fraction > start.fraction,
      latest.seconds - start.seconds >= Self.minimumSeconds
    else { return nil }
    let speed = (latest.fraction - start.fraction) / (latest.seconds - start.seconds)
    return max(0, (1 - latest.fraction) / speed - (nowSeconds - latest.seconds))
  }

  /// Forgets the speed, because the process starts again.
  package mutating func restart(atSeconds seconds: Double) {
    latest = nil
    if search != nil { earlierShare = share }
    search = nil
    // A process that ended while it wrote the result trains its last part again.
    job.isDone = false
    start = Point(seconds: seconds, fraction: share)
  }

  /// Takes an event.
  ///
  /// `seconds`: Its time, of any clock.
  package mutating func note(_ event: JobEvent, seconds: Double) {
    if case .processStarted = event { return restart(atSeconds: seconds) }
    latestSeconds = seconds
    if case .modelCount(_, let secondsLeft?) = event { search = (seconds, secondsLeft) }
    take(event, at: [])
    let point = Point(seconds: seconds, fraction: share)
    if event.score != nil { latest = point } else if latest == nil { start = point }
  }

  package mutating func note(_ logged: LoggedEvent) { note(logged.event, seconds: logged.seconds) }

  private mutating func take(_ event: JobEvent, at path: [Substring]) {
    switch event {
    case .ofPart(let part, let event): take(event, at: path + Self.path(of: part))
    case .planned(let plan):
      begin(at: path) { $0.totalEpochs = plan.epochs }
    case .resumed(_, let epochs, _): begin(at: path) { $0.epochs = epochs }
    case .modelCount(let count, _): begin(at: path) { $0.modelCount = count }
    case .scored(let scored):
      begin(at: path) { model in
        model.epochs = scored.epochs
        if scored.totalEpochs > 0 { model.totalEpochs = scored.totalEpochs }
        model.timeFraction = scored.timeFraction ?? 0
      }
      score = Score(
        epochs: scored.epochs, totalEpochs: job.totalEpochs(at: path[...]),
        metric: scored.headline.qualifiedName(isValidation: scored.isValidation), value: scored.headline.value)
    case .crossValidated(let count, _): begin(at: path) { $0.foldsEnded(count) }
    case .modelFailed: end(path)
    case .finished(let summary):
      let total = job.totalEpochs(at: path[...])
      end(path)
      // A prediction has no epochs.
      guard summary.epochs > 0, let headline = summary.headline else { return }
      score = Score(
        epochs: summary.deliveredEpochs ?? summary.epochs, totalEpochs: total,
        metric: headline.qualifiedName(isValidation: summary.isValidation), value: headline.value)
    case .processStarted, .tableRead, .heldOut, .warning, .checkpointed, .processEnded: break
    }
  }

  private mutating func begin(at path: [Substring], _ change: (inout ModelProgress) -> Void) {
    hasBegun = true
    job.change(at: path[...], change)
  }

  private mutating func end(_ path: [Substring]) {
    hasBegun = true
    guard let part = path.last else { return job.isDone = true }
    job.change(at: path.dropLast()) { $0.end(part) }
  }

  /// Returns the names of nested models: `model_3_cv_1` is the fold `cv_1` of `model_3`.
  private static func path(of part: String) -> [Substring] {
    let words = part.split(separator: "_")
    guard words.count.isMultiple(of: 2) else { return [part[...]] }
    return stride(from: 0, to: words.count, by: 2).map { "\(words[$0])_\(words[$0 + 1])" }
  }
}

/// The progress of a model, or of a job with several models.
private struct ModelProgress: Sendable {
  var epochs = 0.0
  var totalEpochs: Double?
  /// The completed share of the time limit; 0 without one.
  var timeFraction = 0.0
  var isDone = false
  /// The number of models that are trained: those of a grid, or the folds and the model itself; nil for the model alone.
  var modelCount: Int?
  private var endedCount = 0
  private var parts: [Substring: ModelProgress] = [:]

  var fraction: Double {
    guard !isDone else { return 1 }
    let own = max(timeFraction, totalEpochs.map { $0 > 0 ? min(1, epochs / $0) : 0 } ?? 0)
    guard let modelCount, modelCount > 0 else { return own }
    return min(1, (own + Double(endedCount) + parts.values.reduce(0) { $0 + $1.fraction }) / Double(modelCount))
  }

  /// Changes the model at a path below this one.
  mutating func change(at path: ArraySlice<Substring>, _ change: (inout ModelProgress) -> Void) {
    guard let first = path.first else { return change(&self) }
    parts[first, default: ModelProgress()].change(at: path.dropFirst(), change)
  }

  func totalEpochs(at path: ArraySlice<Substring>) -> Double? {
    guard let first = path.first else { return totalEpochs }
    return parts[first]?.totalEpochs(at: path.dropFirst())
  }

  mutating func end(_ part: Substring) {
    parts[part] = nil
    endedCount += 1
  }

  /// Folds have no end of their own.
  mutating func foldsEnded(_ count: Int) {
    parts = [:]
    endedCount = count
  }
}
