internal import Reports
internal import Synchronization
internal import Training

/// Writes the pages of a running model beside its training, one after the other, so that no scoring waits for them.
final class LivePages: Sendable {
  private let request: ModelRequest
  private let context: RunContext
  /// Pages of grids link to the model's, so the first one has no pause before it.
  private let pause = ScoringPause(since: nil)
  private let current = Mutex<Task<Void, Never>?>(nil)

  init(_ request: ModelRequest, _ context: RunContext) {
    self.request = request
    self.context = context
  }

  /// The report of the model as it is, for a look while it trains; a page that cannot be written disturbs nothing.
  func note(_ event: ScoringEvent, _ preparation: ModelPreparation) {
    guard !event.point.isLast, pause.isDue(now: Clocks.monotonicSeconds()) else { return }
    var content = ReportContent(
      title: request.name, job: request.trainedJob, plan: preparation.plan.training,
      model: preparation.plan.model(event.state), event: event, progress: .running, provenance: request.provenance)
    content.warnings = preparation.warnings + request.instability.notes
    content.baseline = preparation.plan.baseline
    let page = content
    let live = LivePage(request, context.fileSystem)
    start { await live.write { try ModelReport(page).html() } }
  }

  /// Writes a page after those before it.
  private func start(_ body: @escaping @Sendable () async -> Void) {
    current.withLock { current in
      let former = current
      current = Task {
        await former?.value
        await body()
      }
    }
  }

  /// Waits for the last page: the folder of the model may be moved afterwards.
  func finish() async { await current.withLock { $0 }?.value }
}
