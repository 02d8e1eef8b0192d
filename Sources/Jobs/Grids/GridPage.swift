internal import Synchronization

/// The page of a running search.
///
/// Within the allowance it is written at once, otherwise as soon as the allowance permits.
final class GridPage: Sendable {
  private struct State {
    /// Renders the current state; nil once it is written.
    var html: (@Sendable () throws -> String)?
    /// Writes the page later; nil if nothing waits.
    var later: Task<Void, Never>?
  }

  private let page: LivePage
  private let allowance: PageAllowance
  private let state = Mutex(State())

  init(_ main: ModelRequest, _ context: RunContext) {
    page = LivePage(main, context.store)
    allowance = context.pages
  }

  /// Shows the current state of the search; returns once it is written, or is to be written later.
  ///
  /// - `html`: Renders the state.
  func show(_ html: @escaping @Sendable () throws -> String) async {
    let isWaiting = state.withLock { state in
      state.html = html
      guard state.later == nil, allowance.secondsToNext(now: Clocks.monotonicSeconds()) > 0 else {
        return state.later != nil
      }
      state.later = Task { await self.writeLater() }
      return true
    }
    if !isWaiting { await write() }
  }

  /// Ends the writing; afterwards the folder can be moved.
  func finish() async {
    let later = state.withLock { $0.later }
    later?.cancel()
    await later?.value
  }

  private func writeLater() async {
    let seconds = allowance.secondsToNext(now: Clocks.monotonicSeconds())
    try? await Task.sleep(for: .seconds(seconds))
    let isCancelled = Task.isCancelled
    state.withLock { $0.later = nil }
    if !isCancelled { await write() }
  }

  private func write() async {
    guard let html = state.withLock({ $0.html.take() }) else { return }
    let start = Clocks.monotonicSeconds()
    await page.write(html)
    allowance.spend(Clocks.monotonicSeconds() - start)
  }
}
