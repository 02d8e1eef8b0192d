internal import Dispatch
internal import Glibc
package import JobEvents

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
  private static var readBytes: Int { 1 << 16 }

  /// The state that exists while the process does.
  private struct Run {
    let process: WorkerProcess
    let pipe: any DispatchSourceRead
    var lines = LineBuffer()
  }

  /// A question that has been sent.
  private struct Pending {
    let continuation: CheckedContinuation<Result<Answer, Failure>, Never>
    let timer: any DispatchSourceTimer
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

  private nonisolated let executor: SupervisorExecutor
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let program: WorkerSpawner.Program
  private let spawner: WorkerSpawner
  private let silenceSeconds: @Sendable () -> Double
  private let secondsNow: @Sendable () -> Double
  private var state = State.absent

  /// - Parameters:
  ///   - label: The name of the queue.
  ///   - program: The program to start.
  ///   - silenceSeconds: How long an answer may take without any input or output of the process.
  ///   - secondsNow: A monotonic clock.
  package init(
    label: String, _ program: WorkerSpawner.Program, _ spawner: WorkerSpawner,
    silenceSeconds: @escaping @Sendable () -> Double, secondsNow: @escaping @Sendable () -> Double
  ) {
    executor = SupervisorExecutor(label: label)
    self.program = program
    self.spawner = spawner
    self.silenceSeconds = silenceSeconds
    self.secondsNow = secondsNow
  }

  /// The process ID; nil while there is no process.
  package var processID: Int32? {
    switch state {
    case .absent: nil
    case .idle(let run), .asked(let run, _): run.process.processID
    }
  }

  /// Starts the process ahead of the first question. A failure is reported by the next ``ask(_:)``.
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

  private func startIfAbsent() async throws(SpawnFailure) {
    guard case .absent = state else { return }
    let process = try await spawner.spawn(program)
    guard case .absent = state else {
      // Another call has started one meanwhile; this one ends with its pipe.
      process.closePipes()
      _ = process.wait()
      return
    }
    let pipe = DispatchSource.makeReadSource(fileDescriptor: process.reports, queue: executor.queue)
    pipe.setEventHandler { @Sendable in self.assumeIsolated { $0.read() } }
    pipe.setCancelHandler { @Sendable in process.closePipes() }
    state = .idle(Run(process: process, pipe: pipe))
    pipe.activate()
  }

  private func send(_ question: Question, _ continuation: CheckedContinuation<Result<Answer, Failure>, Never>) {
    guard case .idle(let run) = state else {
      // The process has ended between its start and this call.
      return continuation.resume(returning: .failure(.died(.killed(signal: SIGKILL))))
    }
    let step = min(Self.maximumStepSeconds, silenceSeconds() / 4)
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + step, repeating: step, leeway: .milliseconds(Int(100 * step)))
    timer.setEventHandler { @Sendable in self.assumeIsolated { $0.checkProgress() } }
    state = .asked(
      run,
      Pending(
        continuation: continuation, timer: timer,
        silence: Silence(stepSeconds: 2 * step, nowSeconds: secondsNow()),
        transferredBytes: run.process.transferredBytes))
    timer.activate()
    // A process that does not take the question is killed; the end of its pipe ends the wait.
    if !run.process.send(question) { run.process.kill(SIGKILL) }
  }

  /// Kills a process that neither reads nor writes anything for too long.
  private func checkProgress() {
    guard case .asked(let run, var pending) = state else { return }
    let transferredBytes = run.process.transferredBytes
    if transferredBytes == pending.transferredBytes {
      pending.silence.look(nowSeconds: secondsNow())
    } else {
      pending.silence.end(nowSeconds: secondsNow())
    }
    pending.transferredBytes = transferredBytes
    let seconds = silenceSeconds()
    if pending.silence.seconds >= seconds {
      pending.killedFor = pending.killedFor ?? .stall(seconds: seconds)
      run.process.kill(SIGKILL)
    }
    state = .asked(run, pending)
  }

  private func read() {
    while let run {
      var piece = [UInt8](repeating: 0, count: Self.readBytes)
      let count = piece.withUnsafeMutableBytes { Glibc.read(run.process.reports, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      guard count > 0 else { return finish(run) }
      take(piece[..<count])
    }
  }

  private var run: Run? {
    switch state {
    case .absent: nil
    case .idle(let run), .asked(let run, _): run
    }
  }

  private func take(_ piece: ArraySlice<UInt8>) {
    switch state {
    case .absent: break
    case .idle(let run):
      // Nothing was asked.
      run.process.kill(SIGKILL)
    case .asked(var run, var pending):
      let lines = run.lines.add(piece)
      if lines?.isEmpty == true {
        state = .asked(run, pending)
      } else if let line = lines?.first, let answer = try? MessageLine.message(line) as Answer {
        pending.timer.cancel()
        state = .idle(run)
        pending.continuation.resume(returning: .success(answer))
      } else {
        pending.killedFor = pending.killedFor ?? .unintelligible
        state = .asked(run, pending)
        run.process.kill(SIGKILL)
      }
    }
  }

  /// Reaps the process after its pipe has ended.
  private func finish(_ run: Run) {
    run.pipe.cancel()
    let (status, _) = run.process.wait()
    if case .asked(_, let pending) = state {
      pending.timer.cancel()
      pending.continuation.resume(returning: .failure(.died(pending.killedFor ?? WorkerDeath(waitStatus: status))))
    }
    state = .absent
  }
}
