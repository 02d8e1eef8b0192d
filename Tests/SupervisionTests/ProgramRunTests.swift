import DurableFiles
import Foundation
import Glibc
import Supervision
import Testing

@Suite("Runs of foreign programs")
struct ProgramRunTests {
  private func run(
    _ path: String, _ arguments: [String] = [], environment: [String] = [], input: String = "/dev/null",
    limitSeconds: Double = 60
  ) -> ProgramRun.Ending {
    ProgramRun(
      path: path, arguments: arguments, environment: environment, input: input, limitSeconds: limitSeconds
    ).run()
  }

  @Test("exit statuses, signals and failed starts are told apart")
  func endings() {
    #expect(run("/bin/true") == .exited(0))
    #expect(run("/bin/sh", ["-c", "exit 7"]) == .exited(7))
    #expect(run("/bin/sh", ["-c", "kill -SEGV $$"]) == .killed(signal: SIGSEGV))
    #expect(run("/nowhere/program") == .notStarted(code: ENOENT))
    // A text without an interpreter line is not run by a shell.
    #expect(run("/etc/passwd") == .notStarted(code: EACCES))
  }

  @Test("the program gets its input, its arguments as they are, and no other variables")
  func surroundings() throws {
    let text = try MemoryFile(Array("hello".utf8))
    #expect(run("/bin/grep", ["-qx", "hello"], input: text.path) == .exited(0))
    #expect(run("/bin/sh", ["-c", "test \"$1\" = '$(id) *'", "sh", "$(id) *"]) == .exited(0))
    #expect(
      run("/usr/bin/env", ["sh", "-c", "test \"$HOME$A\" = 1"], environment: ["A=1", "PATH=/bin"]) == .exited(0))
    withExtendedLifetime(text) {}
  }

  @Test("at the limit the program and its children are killed")
  func limit() throws {
    let mark = NSTemporaryDirectory() + "program-\(UUID().uuidString)"
    defer { try? FileSystem().remove(mark) }
    let script = "sleep 1000 & echo $! > '\(mark)'; wait"
    let ending = run("/bin/sh", ["-c", script], limitSeconds: 2)
    #expect(ending == .overran(seconds: 2))
    #expect(ending.description == "was killed because it ran for more than 2 s")
    let child = try #require(
      Int32(String(contentsOfFile: mark, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)))
    // Whoever adopts the child reaps it.
    while kill(child, 0) == 0,
      (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8))?.contains(" Z ") == false
    {
      usleep(1000)
    }
  }
}
