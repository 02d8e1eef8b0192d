import Foundation
import Glibc
import JobEvents
import Supervision
import Synchronization
import Testing

/// Tests in which the n-th system call that starts a process fails, for every n.
@Suite("Failing calls at the start of processes", .serialized)
struct WorkerStartTests {
  /// Calls of which one fails; it also records them.
  private final class FailingStart: Sendable {
    private let failing: Int?
    private let code: Int32
    private let made = Mutex<[StartCalls.Call]>([])

    init(_ failing: Int? = nil, code: Int32 = 0) { (self.failing, self.code) = (failing, code) }

    var all: [StartCalls.Call] { made.withLock { $0 } }

    var spawner: WorkerSpawner {
      WorkerSpawner(
        calls: StartCalls { [self] call in
          made.withLock { made in
            made.append(call)
            return made.count == failing ? code : nil
          }
        })
    }
  }

  private static let assignment = WorkerAssignment(
    job: "000001-a", place: .folder(.init(path: "/nowhere", names: "/nowhere", title: "a.yaml", fileName: "a.yaml")),
    threads: 1,
    maximumTableBytes: 1, memoryLimitBytes: 1 << 30, progressSeconds: 1)

  /// Runs a worker that ends at once.
  private func run(_ calls: FailingStart) async throws -> WorkerEnd {
    let ending = try MessageLine.bytes(WorkerReport.ended(.outcome(.suspended)))
    let script = "read -r assignment <&3; printf '%s' '\(String(decoding: ending, as: UTF8.self))' >&4"
    let supervisor = JobSupervisor(
      WorkerSpawner.Program(path: "/bin/sh", arguments: ["sh", "-c", script]), Self.assignment,
      patience: .init(silenceSeconds: 60), secondsNow: { ProcessInfo.processInfo.systemUptime }, onReport: { _ in })
    return await supervisor.run(calls.spawner)
  }

  private var openDescriptors: Int {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).count
  }

  @Test(
    "whichever call fails, the worker counts as not started, with the reason, and nothing is left of it",
    arguments: [EMFILE, ENOMEM, EAGAIN, ENOSPC, EIO, EDQUOT, EINTR])
  func worker(_ code: Int32) async throws {
    let undisturbed = FailingStart()
    #expect(try await run(undisturbed).text == "suspended")
    #expect(
      undisturbed.all == [
        .pipe, .duplicate, .duplicate, .pipe, .duplicate, .duplicate, .prepare, .spawn, .thread, .send,
      ])
    // Other tests open and close descriptors meanwhile, so a leak shows in many starts only.
    let (starts, before) = (code == EMFILE ? 200 : 1, openDescriptors)
    for failing in 1...undisturbed.all.count {
      for _ in 0..<starts {
        let end = try await run(FailingStart(failing, code: code))
        guard case .notStarted(let failure) = end.cause else {
          Issue.record("call \(failing), \(undisturbed.all[failing - 1]): \(end.cause)")
          continue
        }
        #expect(failure.code == code)
        #expect(failure.description.contains(String(cString: strerror(code))))
      }
      if starts > 1 { #expect(openDescriptors < before + starts, "call \(failing) leaves descriptors open") }
    }
  }

  @Test("a helper whose start fails says why, and the next question starts it", arguments: [EMFILE, EIO, EINTR])
  func helper(_ code: Int32) async {
    typealias Helper = HelperProcess<String, String>
    for failing in 1...10 {
      let calls = FailingStart(failing, code: code)
      let helper = Helper(
        label: "helper",
        WorkerSpawner.Program(
          path: "/bin/sh",
          arguments: ["sh", "-c", #"while read -r q <&3; do printf '{"version":1,"message":"yes"}\n' >&4; done"#]),
        calls.spawner, silenceSeconds: { 60 }, secondsNow: { ProcessInfo.processInfo.systemUptime })
      switch await helper.ask("first") {
      case .failure(.notStarted(let failure)): #expect(failure.code == code && calls.all.last != .send)
      // A process that does not take the question is killed.
      case .failure(.died(let death)): #expect(death == .killed(signal: SIGKILL) && calls.all.last == .send)
      case .success: Issue.record("call \(failing) did not fail")
      }
      let second = await helper.ask("second")
      guard case .success("yes") = second else {
        Issue.record("call \(failing): \(second)")
        continue
      }
    }
  }
}
