import Foundation
import Glibc
import Supervision
import Testing

/// Helpers in the form of shell scripts, each of which does one thing that a helper might do.
@Suite("Helper processes")
struct HelperProcessTests {
  private typealias Helper = HelperProcess<String, String>

  /// A shell function that answers the current question.
  private static let answer = #"answer() { printf '{"version":1,"message":"%s"}\n' "$1" >&4; }; "#

  private func helper(_ script: String, silenceSeconds: Double = 60) -> Helper {
    Helper(
      label: "helper", WorkerSpawner.Program(path: "/bin/sh", arguments: ["sh", "-c", Self.answer + script]),
      WorkerSpawner(), silenceSeconds: { silenceSeconds }, secondsNow: { ProcessInfo.processInfo.systemUptime })
  }

  private func text(_ result: Result<String, Helper.Failure>) -> String {
    switch result {
    case .success(let answer): answer
    case .failure(.notStarted): "not started"
    case .failure(.died(let death)): "\(death)"
    }
  }

  @Test("one process answers many questions, in order")
  func answers() async {
    let helper = helper("n=0; while read -r q <&3; do n=$((n+1)); answer \"$n of $$\"; done")
    await helper.start()
    let process = await helper.processID ?? 0
    for number in 1...20 {
      #expect(text(await helper.ask("question \(number)")) == "\(number) of \(process)")
    }
  }

  @Test("a process that ends gives the reason, and the next question starts another one")
  func crash() async {
    let marker = NSTemporaryDirectory() + "helper-\(UUID().uuidString)"
    let helper = helper(
      "read -r q <&3; test -e \(marker) || { : > \(marker); kill -SEGV $$; }; answer second; read -r q <&3")
    #expect(text(await helper.ask("a")) == "\(WorkerDeath.fault(signal: SIGSEGV))")
    #expect(text(await helper.ask("b")) == "second")
    try? FileManager.default.removeItem(atPath: marker)
  }

  @Test("a process that is killed between two questions is replaced")
  func killedWhileIdle() async throws {
    let helper = helper("while read -r q <&3; do answer $$; done")
    let first = text(await helper.ask("a"))
    kill(try #require(Int32(first)), SIGKILL)
    // The end of the pipe may arrive before or after the next question.
    var next = text(await helper.ask("b"))
    if next == "\(WorkerDeath.killed(signal: SIGKILL))" { next = text(await helper.ask("b")) }
    #expect(Int32(next) != nil && next != first)
  }

  @Test("a process without input and output is killed as a stall; one that reads is not")
  func stall() async {
    let silent = helper("read -r q <&3; sleep 60", silenceSeconds: 0.4)
    #expect(text(await silent.ask("a")) == "\(WorkerDeath.stall(seconds: 0.4))")
    let busy = helper(
      "read -r q <&3; for i in $(seq 40); do read -r line < /proc/self/stat; sleep 0.1; done; answer done",
      silenceSeconds: 2)
    #expect(text(await busy.ask("a")) == "done")
  }

  @Test(
    "an invalid answer ends the process", arguments: ["echo nonsense >&4; sleep 60", "printf '{}\\n' >&4; sleep 60"])
  func invalidAnswer(_ script: String) async {
    #expect(text(await helper("read -r q <&3; " + script).ask("a")) == "\(WorkerDeath.unintelligible)")
  }

  @Test("a program that does not exist is reported")
  func missingProgram() async {
    let helper = Helper(
      label: "helper", WorkerSpawner.Program(path: "/nowhere/helper", arguments: ["helper"]), WorkerSpawner(),
      silenceSeconds: { 60 }, secondsNow: { 0 })
    #expect(text(await helper.ask("a")) == "not started")
  }

  @Test(
    "stopping ends and reaps the process, idle, asked or just starting, and no other one starts",
    arguments: ["idle", "asked", "starting"])
  func stop(_ moment: String) async {
    let helper = helper(
      "while read -r q <&3; do case \"$q\" in *hang*) sleep 60;; esac; answer $$; done"
    )
    let start = Task { if moment == "starting" { await helper.start() } }
    if moment != "starting" { await helper.start() }
    let process = await helper.processID
    let asked = Task { moment == "asked" ? text(await helper.ask("hang")) : "" }
    if moment == "asked" { try? await Task.sleep(for: .milliseconds(100)) }
    await helper.stop(patienceSeconds: 10)
    await start.value
    await helper.stop(patienceSeconds: 10)
    if moment == "asked" { #expect(await asked.value == "\(WorkerDeath.killed(signal: SIGKILL))") }
    #expect(await helper.processID == nil)
    if let process { #expect(kill(process, 0) != 0 && errno == ESRCH) }
    #expect(text(await helper.ask("a")) == "not started")
  }
}
