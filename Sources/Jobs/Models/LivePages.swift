internal import Reports
internal import Synchronization
internal import Training

/// Writes the pages of a running model in sequence, in parallel to its training, so that scorings
/// do not wait for them.
final class LivePages: Sendable {
  private let request: ModelRequest
  private let context: RunContext
  private let pause: ScoringPause
  private let current = Mutex<Task<Void, Never>?>(nil)

  init(_ request: ModelRequest, _ context: RunContext) {
    self.request = request
    self.context = context
    // A short training has no page before its report. The page of a grid or a
    // cross-validation links to its models at once, so theirs have no pause before the first. The allowance of the job
    // leaves out those of many short models.
    pause = ScoringPause(since: request.part.isEmpty ? Clocks.monotonicSeconds() : nil)
  }

  /// Starts writing a report of the model's current state; errors are ignored.
  func note(_ event: ScoringEvent, _ preparation: ModelRun.Preparation) {
    let now = Clocks.monotonicSeconds()
    guard !event.point.isLast, context.pages.secondsToNext(now: now) == 0, pause.isDue(now: now) else { return }
    var content = ReportContent(
      title: request.name, job: request.trainedJob, plan: preparation.plan.training,
      model: preparation.plan.model(event.state), event: event, progress: .running, provenance: request.provenance)
    content.warnings = preparation.warnings + request.instability.notes
    content.data = request.data
    content.baseline = preparation.plan.baseline
    let page = content
    let live = LivePage(request, context.store)
    start {
      let start = Clocks.monotonicSeconds()
      await live.write { try ModelReport(page).html() }
      let end = Clocks.monotonicSeconds()
      self.pause.extend(now: end, afterWorkOf: end - start)
      self.context.pages.spend(end - start)
    }
  }

  /// Runs `body` after the previous pages are written.
  private func start(_ body: @escaping @Sendable () async -> Void) {
    current.withLock { current in
      let former = current
      current = Task {
        await former?.value
        await body()
      }
    }
  }

  /// Waits for the last page; afterwards the model's folder can be moved.
  func finish() async { await current.withLock { $0 }?.value }
}
