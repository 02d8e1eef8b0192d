internal import Dispatch
internal import Glibc
package import JobEvents

/// Runs one job in a process of its own: starts it, passes orders down and reports up, ends it where it makes no
/// progress, and says how it ended.
///
/// The actor runs on a queue of its own. A journal that does not take reports holds up that queue only, and through the
/// pipe the worker's reports, which coalesce; never the training, other jobs or the daemon.
package actor JobSupervisor {
  /// After a job has said how it ended, its process has this long to be gone.
  private static let exitGraceSeconds = 10.0
  /// Silence is looked at this often at least.
  private static let maximumStepSeconds = 5.0
  private static let readBytes = 1 << 16
  /// Reads in a row before orders and timers get their turn.
  private static let maximumReads = 16

  /// How long the supervisor waits before it ends a process itself.
  package struct Patience: Sendable {
    /// Without progress; `worker_patience_seconds` of the configuration.
    package let silenceSeconds: Double
    /// After a job was told to cancel: reading a large table does not hear it.
    package let cancelSeconds: Double

    package init(silenceSeconds: Double, cancelSeconds: Double = 10) {
      self.silenceSeconds = silenceSeconds
      self.cancelSeconds = cancelSeconds
    }

    /// How often a job tells that it goes on.
    package var progressSeconds: Double { min(maximumStepSeconds, silenceSeconds / 10) }
  }

  private enum State {
    /// Orders and an end wait for the process.
    case starting(orders: [WorkerOrder], end: WorkerEnd.Cause?)
    case running(Run)
    case ended
  }

  /// What exists while the process does.
  private struct Run {
    let process: WorkerProcess
    let pipe: any DispatchSourceRead
    let timer: any DispatchSourceTimer
    let continuation: CheckedContinuation<WorkerEnd, Never>
    var lines = LineBuffer()
    var silence: Silence
    /// What the job has said of its ending.
    var ending: JobEnding?
    /// Why the supervisor has killed the process.
    var killedFor: WorkerEnd.Cause?
  }

  private nonisolated let executor: SupervisorExecutor
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let program: WorkerSpawner.Program
  private let assignment: WorkerAssignment
  private let patience: Patience
  private let secondsNow: @Sendable () -> Double
  private let onReport: @Sendable (WorkerReport) -> Void
  private var state = State.starting(orders: [], end: nil)

  /// - Parameters:
  ///   - program: Becomes the process.
  ///   - assignment: What it runs.
  ///   - patience: When it is ended.
  ///   - secondsNow: A monotonic clock.
  ///   - onReport: Hears every report but the last; on the supervisor's queue.
  package init(
    _ program: WorkerSpawner.Program, _ assignment: WorkerAssignment, patience: Patience,
    secondsNow: @escaping @Sendable () -> Double, onReport: @escaping @Sendable (WorkerReport) -> Void
  ) {
    executor = SupervisorExecutor(label: "deepspool.supervisor.\(assignment.job)")
    self.program = program
    self.assignment = assignment
    self.patience = patience
    self.secondsNow = secondsNow
    self.onReport = onReport
  }

  /// Runs the job's process to its end; to be called once.
  package func run(_ spawner: WorkerSpawner) async -> WorkerEnd {
    let process: WorkerProcess
    do throws(SpawnFailure) {
      process = try await spawner.spawn(program)
    } catch {
      state = .ended
      return WorkerEnd(cause: .notStarted(error), usage: ProcessUsage(cpuSeconds: 0, peakMemoryBytes: 0))
    }
    return await withCheckedContinuation { follow(process, $0) }
  }

  // MARK: Orders

  /// Passes an order to the job; one that comes too late has no effect.
  package func give(_ order: WorkerOrder) {
    switch state {
    case .starting(let orders, let end): state = .starting(orders: orders + [order], end: end)
    case .running(let run):
      let isHeard = run.process.send(order)
      switch order {
      case .cancel: isHeard ? end(.cancelled, afterSeconds: patience.cancelSeconds) : end(.cancelled)
      case .suspend: if !isHeard { end(.stopped) }
      case .begin, .finish: break
      }
    case .ended: break
    }
  }

  /// Kills the process; `cause` says why.
  package func end(_ cause: WorkerEnd.Cause) {
    switch state {
    case .starting(let orders, let earlier): state = .starting(orders: orders, end: earlier ?? cause)
    case .running(var run):
      run.killedFor = run.killedFor ?? cause
      state = .running(run)
      run.process.kill(SIGKILL)
    case .ended: break
    }
  }

  private func end(_ cause: WorkerEnd.Cause, afterSeconds seconds: Double) {
    executor.queue.asyncAfter(deadline: .now() + seconds) { @Sendable in self.assumeIsolated { $0.end(cause) } }
  }

  // MARK: Following the process

  private func follow(_ process: WorkerProcess, _ continuation: CheckedContinuation<WorkerEnd, Never>) {
    let step = min(Self.maximumStepSeconds, patience.silenceSeconds / 4)
    let pipe = DispatchSource.makeReadSource(fileDescriptor: process.reports, queue: executor.queue)
    pipe.setEventHandler { @Sendable in self.assumeIsolated { $0.read() } }
    pipe.setCancelHandler { @Sendable in process.closePipes() }
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + step, repeating: step, leeway: .milliseconds(Int(100 * step)))
    timer.setEventHandler { @Sendable in self.assumeIsolated { $0.look() } }
    let early = state
    state = .running(
      Run(
        process: process, pipe: pipe, timer: timer, continuation: continuation,
        // A timer may be late, but not twice as late.
        silence: Silence(stepSeconds: 2 * step, nowSeconds: secondsNow())))
    pipe.activate()
    timer.activate()
    // A worker that cannot take its assignment is dead; the end of its pipe says how it died.
    _ = process.send(.begin(assignment))
    guard case .starting(let orders, let cause) = early else { return }
    for order in orders { give(order) }
    if let cause { end(cause) }
  }

  /// Ends a process that makes no progress.
  private func look() {
    guard case .running(var run) = state else { return }
    run.silence.look(nowSeconds: secondsNow())
    state = .running(run)
    let seconds = patience.silenceSeconds
    if run.silence.seconds >= seconds { end(.died(.stall(seconds: seconds))) }
  }

  /// Takes what stands in the pipe.
  private func read() {
    for _ in 0..<Self.maximumReads {
      guard case .running(let run) = state else { return }
      var piece = [UInt8](repeating: 0, count: Self.readBytes)
      let count = piece.withUnsafeMutableBytes { Glibc.read(run.process.reports, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      guard count > 0 else { return finish(run) }
      take(piece[..<count])
    }
  }

  private func take(_ piece: ArraySlice<UInt8>) {
    guard case .running(var run) = state else { return }
    run.silence.end(nowSeconds: secondsNow())
    let lines = run.lines.add(piece)
    state = .running(run)
    guard let lines else { return end(.died(.unintelligible)) }
    for line in lines {
      guard let report = try? MessageLine.message(line) as WorkerReport else { return end(.died(.unintelligible)) }
      take(report)
    }
  }

  private func take(_ report: WorkerReport) {
    guard case .ended(let ending) = report, case .running(var run) = state else { return onReport(report) }
    run.ending = ending
    state = .running(run)
    end(.reported(ending), afterSeconds: Self.exitGraceSeconds)
  }

  /// The pipe has ended, and with it the process: the kernel closes a process's files after it has freed its memory.
  private func finish(_ run: Run) {
    state = .ended
    run.pipe.cancel()
    run.timer.cancel()
    let (status, usage) = run.process.wait()
    let cause = run.ending.map(WorkerEnd.Cause.reported) ?? run.killedFor ?? .died(WorkerDeath(waitStatus: status))
    run.continuation.resume(returning: WorkerEnd(cause: cause, usage: usage))
  }
}
