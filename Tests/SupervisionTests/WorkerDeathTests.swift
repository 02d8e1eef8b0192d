import Glibc
import Supervision
import Testing

@Suite("Causes of death")
struct WorkerDeathTests {
  @Test(
    "a signal caused by the process is a fault",
    arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGABRT, SIGFPE])
  func faults(_ signal: Int32) {
    #expect(WorkerDeath(waitStatus: signal) == .fault(signal: signal))
    // With a core dump.
    #expect(WorkerDeath(waitStatus: signal | 0x80) == .fault(signal: signal))
  }

  @Test(
    "a signal from outside is not a fault",
    arguments: [SIGKILL, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGXCPU, SIGALRM])
  func killed(_ signal: Int32) {
    #expect(WorkerDeath(waitStatus: signal) == .killed(signal: signal))
  }

  @Test("status 101 means the memory limit; any other means an exit without a report")
  func statuses() {
    #expect(WorkerDeath(waitStatus: WorkerExit.memoryLimit.rawValue << 8) == .memoryLimit)
    for status: Int32 in [0, 1, 70, 255] { #expect(WorkerDeath(waitStatus: status << 8) == .exit(status: status)) }
    #expect(WorkerDeath(waitStatus: WorkerExit.supervisorGone.rawValue << 8) == .killed(signal: SIGPIPE))
  }

  @Test("the description names the signal")
  func names() {
    #expect(WorkerDeath.fault(signal: SIGSEGV).description.contains("SIGSEGV"))
    #expect(WorkerDeath.killed(signal: SIGKILL).description.contains("SIGKILL"))
    #expect(WorkerDeath.stall(seconds: 300).description.contains("no progress for 300 s"))
  }

  @Test("the limit is 1.5 times the estimate plus 256 MiB, at most the budget")
  func limits() {
    let mebibyte = 1 << 20
    #expect(
      MemoryLimit(budgetBytes: 8 << 30, estimateBytes: 100 * mebibyte) == MemoryLimit(bytes: 406 * mebibyte))
    #expect(MemoryLimit(budgetBytes: 300 * mebibyte, estimateBytes: 100 * mebibyte).bytes == 300 * mebibyte)
    #expect(MemoryLimit(budgetBytes: 8 << 30, estimateBytes: nil).bytes == 8 << 30)
    #expect(MemoryLimit(budgetBytes: .max, estimateBytes: .max).bytes == .max)
  }
}
