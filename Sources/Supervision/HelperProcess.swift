internal import Dispatch
internal import Glibc
internal import JobEvents
internal import Threads

/// A process that answers questions, one at a time, and is replaced when it has ended.
///
/// It does work that may crash, hang or exhaust memory without affecting the process that asks. The actor runs on a
/// queue of its own and never blocks.
package actor HelperProcess<Question: Codable & Sendable, Answer: Codable & Sendable> {
  /// Why a question has no answer.
  package enum Failure: Error, Sendable {
    case notStarted(SpawnFailure)
    case died(WorkerDeath)
  }

  private static var maximumStepSeconds: Double { 5 }
  /// The pause between two looks at a process that is being ended.
  private static var endPauseSeconds: Double { 0.01 }

  /// The state that exists while the process does.
  private struct Run {
    let process: WorkerProcess
    var lines = LineBuffer()
  }

  /// A question that has been sent.
  private struct Pending {
    let continuation: CheckedContinuation<Result<Answer, Failure>, Never>
    var silence: Silence
    var transferredBytes: Int?
    /// Why this actor has killed the process.
    var killedFor: WorkerDeath?
  }

  private enum State {
    case absent
    case idle(Run)
    case asked(Run, Pending)
  }

  private nonisolated let executor: QueueExecutor
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let program: WorkerSpawner.Program
  private let spawner: WorkerSpawner
  private let silenceSeconds: @Sendable () -> Double
  private let secondsNow: @Sendable () -> Double
  private var state = State.absent
  private var isCheckScheduled = false
  /// Whether no process may be started any more.
  private var isStopped = false
  /// The start of a process that is in progress; callers share it.
  private var start: Task<Result<WorkerProcess, SpawnFailure>, Never>?

  /// - Parameters:
  ///   - label: The name of the queue.
  ///   - program: The program to start.
  ///   - spawner: The starter of the process.
  ///   - silenceSeconds: How long an answer may take without any input or output of the process.
  ///   - secondsNow: A monotonic clock.
  package init(
    label: String, _ program: WorkerSpawner.Program, _ spawner: WorkerSpawner,
    silenceSeconds: @escaping @Sendable () -> Double, secondsNow: @escaping @Sendable () -> Double
  ) {
    executor = QueueExecutor(label: label)
    self.program = program
    self.spawner = spawner
    self.silenceSeconds = silenceSeconds
    self.secondsNow = secondsNow
  }

  /// The process ID; nil while there is no process.
  package var processID: Int32? { run?.process.processID }

  /// Starts the process ahead of the first question.
  ///
  /// The next ``ask(_:)`` reports a failure.
  package func start() async { _ = try? await startIfAbsent() }

  /// Returns the answer of the process, which is started if there is none.
  ///
  /// The caller asks one question at a time.
  package func ask(_ question: Question) async -> Result<Answer, Failure> {
    do throws(SpawnFailure) {
      try await startIfAbsent()
    } catch {
      return .failure(.notStarted(error))
    }
    return await withCheckedContinuation { send(question, $0) }
  }

  /// Kills the process, also one that is just being started, and reaps it; later questions have no answer.
  ///
  /// A process without state needs no time to end. The parent-death signal would come too late for systemd, which kills
  /// and reports what the daemon leaves behind.
  ///
  /// - Parameter patienceSeconds: The time after which a process is left that does not end.
  package func stop(patienceSeconds: Double) async {
    isStopped = true
    let deadline = secondsNow() + patienceSeconds
    while start != nil || run != nil, secondsNow() < deadline {
      run?.process.kill(SIGKILL)
      // The end of its pipe leads to `finish()`.
      await withCheckedContinuation { continuation in
        executor.queue.asyncAfter(deadline: .now() + Self.endPauseSeconds) { continuation.resume() }
      }
    }
  }

  private func startIfAbsent() async throws(SpawnFailure) {
    guard case .absent = state else { return }
    guard !isStopped else { throw SpawnFailure(operation: "start", code: ECANCELED) }
    let start = self.start ?? Task { [spawner, program] in await Self.spawn(program, spawner) }
    self.start = start
    let result = await start.value
    let isFirst = self.start == start
    if isFirst { self.start = nil }
    let process = try result.get()
    // The first of several callers takes the process.
    guard isFirst else { return }
    state = .idle(Run(process: process))
    do throws(SpawnFailure) {
      try PipeReader.start(
        process, queue: executor.queue, onBytes: { piece in self.assumeIsolated { $0.take(piece) } },
        onEnd: { self.assumeIsolated { $0.finish() } })
    } catch {
      process.kill(SIGKILL)
      finish()
      throw error
    }
  }

  private static func spawn(
    _ program: WorkerSpawner.Program, _ spawner: WorkerSpawner
  ) async -> Result<WorkerProcess, SpawnFailure> {
    do throws(SpawnFailure) {
      return .success(try await spawner.spawn(program))
    } catch {
      return .failure(error)
    }
  }

  private func send(_ question: Question, _ continuation: CheckedContinuation<Result<Answer, Failure>, Never>) {
    guard case .idle(let run) = state else {
      // The process has ended between its start and this call.
      return continuation.resume(returning: .failure(.died(.killed(signal: SIGKILL))))
    }
    let step = min(Self.maximumStepSeconds, silenceSeconds() / 4)
    state = .asked(
      run,
      Pending(
        continuation: continuation,
        silence: Silence(stepSeconds: 2 * step, nowSeconds: secondsNow()),
        transferredBytes: run.process.transferredBytes))
    scheduleCheck(afterSeconds: step)
    // A process that does not take the question is killed; the end of its pipe ends the wait.
    if !run.process.send(question) { run.process.kill(SIGKILL) }
  }

  /// Schedules the next check, unless one is scheduled: many short questions share it.
  private func scheduleCheck(afterSeconds seconds: Double) {
    guard !isCheckScheduled else { return }
    isCheckScheduled = true
    executor.queue.asyncAfter(deadline: .now() + seconds) { @Sendable in self.assumeIsolated { $0.checkProgress() } }
  }

  /// Kills a process that neither reads nor writes anything for too long.
  private func checkProgress() {
    isCheckScheduled = false
    guard case .asked(let run, var pending) = state else { return }
    let transferredBytes = run.process.transferredBytes
    if transferredBytes == pending.transferredBytes {
      pending.silence.look(nowSeconds: secondsNow())
    } else {
      pending.silence.end(nowSeconds: secondsNow())
    }
    pending.transferredBytes = transferredBytes
    let seconds = silenceSeconds()
    state = .asked(run, pending)
    if pending.silence.seconds >= seconds { end(.stall(seconds: seconds)) }
    scheduleCheck(afterSeconds: pending.silence.stepSeconds / 2)
  }

  private func take(_ piece: ArraySlice<UInt8>) {
    switch state {
    case .absent: break
    case .idle(let run):
      // Nothing was asked.
      run.process.kill(SIGKILL)
    case .asked(var run, let pending):
      let lines = run.lines.add(piece)
      if lines?.isEmpty == true {
        state = .asked(run, pending)
      } else if let line = lines?.first, let answer = try? MessageLine.message(line) as Answer {
        state = .idle(run)
        pending.continuation.resume(returning: .success(answer))
      } else {
        end(.unintelligible)
      }
    }
  }

  /// Kills a process that owes an answer; the first cause counts.
  private func end(_ cause: WorkerDeath) {
    guard case .asked(let run, var pending) = state else { return }
    pending.killedFor = pending.killedFor ?? cause
    state = .asked(run, pending)
    run.process.kill(SIGKILL)
  }

  /// Reaps the process after its pipe has ended.
  private func finish() {
    guard let run else { return }
    let (status, _) = run.process.wait()
    run.process.closePipes()
    if case .asked(_, let pending) = state {
      pending.continuation.resume(returning: .failure(.died(pending.killedFor ?? WorkerDeath(waitStatus: status))))
    }
    state = .absent
  }

  private var run: Run? {
    switch state {
    case .absent: nil
    case .idle(let run), .asked(let run, _): run
    }
  }
}
