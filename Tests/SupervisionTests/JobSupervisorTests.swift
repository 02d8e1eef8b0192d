import Foundation
import Glibc
import JobEvents
import Supervision
import Synchronization
import Testing

/// Tests of the supervisor with shell scripts as workers; each script imitates one behaviour of a worker.
@Suite("The supervisor of a job")
struct JobSupervisorTests {
  private static let assignment = WorkerAssignment(
    job: "000001-a", place: .folder(.init(path: "/nowhere", names: "/nowhere", title: "a.yaml", fileName: "a.yaml")),
    threads: 1,
    maximumTableBytes: 1, memoryLimitBytes: 1 << 30, progressSeconds: 1)

  /// Reads the assignment, as every worker does.
  private static let begin = "read -r assignment <&3; "

  private final class Heard: Sendable {
    private let reports = Mutex<[String]>([])
    func add(_ report: WorkerReport) { reports.withLock { $0.append("\(report)") } }
    var texts: [String] { reports.withLock { $0 } }
  }

  private func run(
    _ script: String, silenceSeconds: Double = 60, cancelSeconds: Double = 60, heard: Heard = Heard(),
    meanwhile: @escaping @Sendable (JobSupervisor) async -> Void = { _ in }
  ) async -> WorkerEnd {
    let supervisor = JobSupervisor(
      WorkerSpawner.Program(path: "/bin/sh", arguments: ["sh", "-c", Self.begin + script]), Self.assignment,
      patience: .init(silenceSeconds: silenceSeconds, cancelSeconds: cancelSeconds),
      secondsNow: { ProcessInfo.processInfo.systemUptime }, onReport: heard.add)
    async let end = supervisor.run(WorkerSpawner())
    await meanwhile(supervisor)
    return await end
  }

  private func line(_ report: WorkerReport) throws -> String {
    "printf '%s\\n' '\(String(decoding: try MessageLine.bytes(report).dropLast(), as: UTF8.self))' >&4; "
  }

  @Test("the worker receives its assignment, and its reports and ending arrive in order")
  func life() async throws {
    let heard = Heard()
    let reports: [WorkerReport] = [.event(.warning("one")), .progress(.training), .event(.checkpointed(samples: 2))]
    let ending = WorkerReport.ended(.outcome(.suspended))
    let end = await run(
      "case $assignment in *000001-a*) ;; *) exit 9;; esac; " + (try (reports + [ending]).map(line).joined()),
      heard: heard)
    #expect(end.text == "suspended")
    #expect(heard.texts == reports.map { "\($0)" })
    #expect(end.usage.peakMemoryBytes > 100_000)
  }

  @Test("the reported ending counts, however the process ends afterwards")
  func reportedThenKilled() async throws {
    let end = await run(try line(.ended(.outcome(.cancelled))) + "kill -SEGV $$")
    #expect(end.text == "cancelled")
  }

  @Test(
    "each cause of death is identified",
    arguments: [
      ("kill -SEGV $$", WorkerDeath.fault(signal: SIGSEGV)), ("kill -ABRT $$", .fault(signal: SIGABRT)),
      ("kill -KILL $$", .killed(signal: SIGKILL)), ("kill -TERM $$", .killed(signal: SIGTERM)),
      ("exit 101", .memoryLimit), ("exit 0", .exit(status: 0)), ("exit 7", .exit(status: 7)),
      ("echo nonsense >&4; sleep 60", .unintelligible),
      // The kernel frees memory and files before the process ends, so the pipe ends first.
      ("exec 3<&- 4>&-; sleep 0.2; kill -BUS $$", .fault(signal: SIGBUS)),
    ])
  func deaths(_ script: String, _ expected: WorkerDeath) async {
    let end = await run(script)
    guard case .died(let death) = end.cause else {
      Issue.record("\(end.cause)")
      return
    }
    #expect(death == expected)
  }

  @Test("a worker without reports is killed as a stall; one that reports progress is not")
  func stall() async throws {
    let silent = await run("sleep 60", silenceSeconds: 0.4)
    #expect(silent.text == "no progress")
    let talking = await run(
      "for i in $(seq 40); do sleep 0.1; " + (try line(.progress(.preparing))) + "done; "
        + (try line(.ended(.outcome(.suspended)))), silenceSeconds: 2)
    #expect(talking.text == "suspended")
  }

  @Test("orders reach the worker, even those given before it started")
  func orders() async throws {
    let answer = try line(.ended(.outcome(.suspended)))
    let end = await run("read -r order <&3; case $order in *suspend*) \(answer);; esac") { await $0.give(.suspend) }
    #expect(end.text == "suspended")
  }

  @Test("a worker that ignores or cannot handle a cancellation is killed, and the job is cancelled")
  func cancelling() async throws {
    let deaf = await run("sleep 60", cancelSeconds: 0.2) { await $0.give(.cancel) }
    guard case .cancelled = deaf.cause else {
      Issue.record("\(deaf.cause)")
      return
    }
    let stopped = await run("kill -STOP $$; sleep 60", cancelSeconds: 0.2) { await $0.give(.cancel) }
    #expect(stopped.text == "cancelled")
  }

  @Test("a stop of the service kills the worker and does not count against the job")
  func stopping() async {
    let end = await run("sleep 60") { await $0.end(.stopped) }
    guard case .stopped = end.cause else {
      Issue.record("\(end.cause)")
      return
    }
  }

  @Test("the worker inherits its pipes and standard error, but nothing that systemd passes to the service")
  func inheritance() async throws {
    setenv("NOTIFY_SOCKET", "/nowhere", 1)
    defer { unsetenv("NOTIFY_SOCKET") }
    // A descriptor without O_CLOEXEC, which executed programs would inherit.
    let open = Glibc.open("/dev/null", O_RDONLY)
    defer { close(open) }
    let end = await run(
      "test -z \"$NOTIFY_SOCKET\" || exit 1; d=5; while [ $d -lt 300 ]; do test ! -e /proc/$$/fd/$d || exit 2; d=$((d+1)); "
        + "done; " + (try line(.ended(.outcome(.suspended)))))
    #expect(end.text == "suspended")
  }

  @Test("a missing program is a start failure with the reason")
  func missing() async {
    let supervisor = JobSupervisor(
      WorkerSpawner.Program(path: "/nowhere/deepspoold", arguments: ["deepspoold"]), Self.assignment,
      patience: .init(silenceSeconds: 1), secondsNow: { 0 }, onReport: { _ in })
    let end = await supervisor.run(WorkerSpawner())
    guard case .notStarted(let failure) = end.cause else {
      Issue.record("\(end.cause)")
      return
    }
    #expect(failure.description.contains("No such file or directory"))
  }
}
