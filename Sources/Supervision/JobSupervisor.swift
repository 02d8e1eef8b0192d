internal import Dispatch
internal import Glibc
package import JobEvents
internal import Threads

/// A supervisor that runs one job in a worker process.
///
/// It starts the process, passes orders to it and its reports on, kills it if it makes no progress,
/// and returns how it ended.
///
/// The actor runs on its own queue. If the journal blocks, only this queue waits. The worker's
/// reports then coalesce in the pipe, and neither training nor other jobs nor the daemon are delayed.
package actor JobSupervisor {
  /// The time that a process has to exit after it has reported the ending of its job.
  private static let exitGraceSeconds = 10.0
  /// The time that what a killed launcher has left behind may keep its pipe open.
  private static let abandonSeconds = 2.0
  /// The maximum interval between checks for progress.
  private static let maximumStepSeconds = 5.0

  /// The times after which the supervisor kills a process.
  package struct Patience: Sendable {
    /// Seconds without progress; `worker_patience_seconds` of the configuration.
    package let silenceSeconds: Double
    /// Seconds after a cancel order, which a job does not notice while it reads a large table.
    package let cancelSeconds: Double

    package init(silenceSeconds: Double, cancelSeconds: Double = 10) {
      self.silenceSeconds = silenceSeconds
      self.cancelSeconds = cancelSeconds
    }

    /// The seconds that a rank waits for the others: less than this supervisor waits for rank 0, which would be blamed
    /// otherwise.
    package var rankSeconds: Double { silenceSeconds / 2 }

    /// The interval at which a job reports progress.
    package var progressSeconds: Double { min(maximumStepSeconds, silenceSeconds / 10) }
  }

  private enum State {
    /// Orders and a kill that wait for the process to start.
    case starting(orders: [WorkerOrder], end: WorkerEnd.Cause?)
    case running(Run)
    case ended
  }

  /// The state that exists while the process runs.
  private struct Run {
    let process: WorkerProcess
    let timer: any DispatchSourceTimer
    let continuation: CheckedContinuation<WorkerEnd, Never>
    var lines = LineBuffer()
    var silence: Silence
    /// Whether the process has sent anything.
    var hasReported = false
    /// The ending that the job has reported.
    var ending: JobEnding?
    /// The reason for which the supervisor killed the process.
    var killedFor: WorkerEnd.Cause?
  }

  private nonisolated let executor: QueueExecutor
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let program: WorkerSpawner.Program
  private let assignment: WorkerAssignment
  private let patience: Patience
  private let secondsNow: @Sendable () -> Double
  private let onReport: @Sendable (WorkerReport) -> Void
  private var state = State.starting(orders: [], end: nil)
  /// A launcher that was killed while others still had its pipe open.
  private var left: WorkerProcess?

  /// Creates a supervisor for one job.
  ///
  /// - Parameters:
  ///   - program: The program to execute.
  ///   - assignment: The job that it runs.
  ///   - patience: The times after which the process is killed.
  ///   - secondsNow: A monotonic clock.
  ///   - onReport: Receives every report except the last, on the supervisor's queue.
  package init(
    _ program: WorkerSpawner.Program, _ assignment: WorkerAssignment, patience: Patience,
    secondsNow: @escaping @Sendable () -> Double, onReport: @escaping @Sendable (WorkerReport) -> Void
  ) {
    executor = QueueExecutor(label: "deepspool.supervisor.\(assignment.job)")
    self.program = program
    self.assignment = assignment
    self.patience = patience
    self.secondsNow = secondsNow
    self.onReport = onReport
  }

  /// Runs the worker process until it ends; call it once.
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

  /// Passes an order to the job; an order after its end has no effect.
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

  /// Kills the process for the given reason.
  package func end(_ cause: WorkerEnd.Cause) {
    switch state {
    case .starting(let orders, let earlier): state = .starting(orders: orders, end: earlier ?? cause)
    case .running(var run):
      run.killedFor = run.killedFor ?? cause
      state = .running(run)
      run.process.kill(SIGKILL)
      // What a launcher has started on other hosts, such as a client of ssh, may keep its pipe open for minutes.
      guard program.channel == .standardStreams else { return }
      executor.queue.asyncAfter(deadline: .now() + Self.abandonSeconds) { @Sendable in
        self.assumeIsolated { $0.finish(isPipeAtEnd: false) }
      }
    case .ended: break
    }
  }

  private func end(_ cause: WorkerEnd.Cause, afterSeconds seconds: Double) {
    executor.queue.asyncAfter(deadline: .now() + seconds) { @Sendable in self.assumeIsolated { $0.end(cause) } }
  }

  // MARK: Following the process

  private func follow(_ process: WorkerProcess, _ continuation: CheckedContinuation<WorkerEnd, Never>) {
    let step = min(Self.maximumStepSeconds, patience.silenceSeconds / 4)
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + step, repeating: step, leeway: .milliseconds(Int(100 * step)))
    timer.setEventHandler { @Sendable in self.assumeIsolated { $0.look() } }
    let early = state
    state = .running(
      Run(
        process: process, timer: timer, continuation: continuation,
        // A timer may be late, but not by a whole interval.
        silence: Silence(stepSeconds: 2 * step, nowSeconds: secondsNow())))
    timer.activate()
    do throws(SpawnFailure) {
      try PipeReader.start(
        process, queue: executor.queue, onBytes: { piece in self.assumeIsolated { $0.take(piece) } },
        onEnd: { self.assumeIsolated { $0.finish() } })
    } catch {
      end(.notStarted(error))
      return finish()
    }
    do throws(SpawnFailure) {
      try process.begin(with: WorkerOrder.begin(assignment))
    } catch {
      end(.notStarted(error))
    }
    guard case .starting(let orders, let cause) = early else { return }
    for order in orders { give(order) }
    if let cause { end(cause) }
  }

  /// Kills a process that makes no progress.
  private func look() {
    guard case .running(var run) = state else { return }
    run.silence.look(nowSeconds: secondsNow())
    state = .running(run)
    let seconds = patience.silenceSeconds
    // A launcher may wait for machines.
    guard program.channel == .ownDescriptors || run.hasReported else { return }
    if run.silence.seconds >= seconds { end(.died(.stall(seconds: seconds))) }
  }

  private func take(_ piece: ArraySlice<UInt8>) {
    guard case .running(var run) = state else { return }
    run.silence.end(nowSeconds: secondsNow())
    run.hasReported = true
    let lines = run.lines.add(piece)
    state = .running(run)
    guard let lines else { return end(.died(.unintelligible)) }
    for line in lines {
      guard let report = try? MessageLine.message(line) as WorkerReport else { return end(.died(.unintelligible)) }
      take(report)
    }
  }

  private func take(_ report: WorkerReport) {
    // The launcher may wait for the lost host for many minutes.
    if case .lostRanks = report { return end(.died(.lostRank(status: WorkerExit.ranksLost.rawValue))) }
    guard case .ended(let ending) = report, case .running(var run) = state else { return onReport(report) }
    run.ending = ending
    state = .running(run)
    end(.reported(ending), afterSeconds: Self.exitGraceSeconds)
  }

  /// Waits for the process.
  ///
  /// If the pipe has ended: the kernel closes files after it has freed the memory of a process.
  private func finish(isPipeAtEnd: Bool = true) {
    guard case .running(let run) = state else {
      if isPipeAtEnd { left?.closePipes() }
      return
    }
    state = .ended
    run.timer.cancel()
    let (status, usage) = run.process.wait()
    // The thread that reads the pipe still uses it.
    if isPipeAtEnd { run.process.closePipes() } else { left = run.process }
    let death =
      program.channel == .ownDescriptors ? WorkerDeath(waitStatus: status) : WorkerDeath(launcherWaitStatus: status)
    let cause = run.ending.map(WorkerEnd.Cause.reported) ?? run.killedFor ?? .died(death)
    run.continuation.resume(returning: WorkerEnd(cause: cause, usage: usage))
  }
}
