import Glibc
import JobEvents
import Spooling
import Supervision
import Testing
import deepspoold

/// What the end of a process means for its job: only its own faults count against it.
@Suite("The end of a worker process and its job")
struct WorkerEndTests {
  private static let limit = MemoryLimit(bytes: 2_000_000_000)

  private func ending(_ cause: WorkerEnd.Cause, needs: JobNeeds? = nil) -> JobQueue.Ending {
    WorkerEnd(cause: cause, usage: ProcessUsage(cpuSeconds: 1, peakMemoryBytes: 1_900_000_000))
      .ending(limit: Self.limit, needs: needs)
  }

  @Test("a job that reports its ending gets it")
  func reported() {
    #expect(ending(.reported(.outcome(.suspended))) == .interrupted)
    #expect(ending(.reported(.outcome(.cancelled))) == .cancelled(reason: "cancelled while running"))
    let failures: [(JobFailure.Cause, JobQueue.Ending)] = [
      (.job, .rejected(reason: "x")), (.environment, .putOff(reason: "x")), (.training, .failed(reason: "x")),
      (.inputs, .failed(reason: "x")), (.program, .failed(reason: "x")),
    ]
    for (cause, expected) in failures {
      #expect(ending(.reported(.failure(JobFailure(cause, "x")))) == expected, "\(cause)")
    }
  }

  @Test("faults of the process count against the job, signals and lost hosts do not")
  func deaths() {
    let crashes: [WorkerDeath] = [.fault(signal: SIGSEGV), .stall(seconds: 300), .exit(status: 1), .unintelligible]
    for death in crashes {
      #expect(ending(.died(death)) == .crashed(reason: "its process \(death.description)"), "\(death)")
    }
    for death in [WorkerDeath.killed(signal: SIGKILL), .lostRank(status: 103)] {
      #expect(ending(.died(death)) == .killed(reason: "its process \(death.description)"), "\(death)")
    }
  }

  @Test("a job over its memory limit fails with the limit, its use and the estimate")
  func memory() {
    let needs = JobNeeds(memoryBytes: 1_000_000_000, diskBytes: 0, explanation: "a table of 9 rows")
    guard case .failed(let reason) = ending(.died(.memoryLimit), needs: needs) else {
      return #expect(Bool(false), "the job does not fail")
    }
    #expect(reason.contains("its memory limit of 2.0 GB: it used 1.9 GB and requested more"), "\(reason)")
    #expect(reason.contains("the estimate was 1.0 GB (a table of 9 rows)"), "\(reason)")
    #expect(reason.contains("the limit is 1.5 times the estimate and 256 MiB. Use smaller tables"), "\(reason)")
    guard case .failed(let other) = ending(.died(.memoryLimit)) else {
      return #expect(Bool(false), "the job does not fail")
    }
    #expect(other.contains("there was no estimate"), "\(other)")
    #expect(other.contains("the limit is max_memory_bytes. Ask the administrator to raise it"), "\(other)")
  }

  @Test("what the supervisor ends has the supervisor's reason")
  func ended() {
    #expect(ending(.cancelled) == .cancelled(reason: "cancelled while running"))
    #expect(ending(.stopped) == .interrupted)
    #expect(ending(.overran(reason: "the limit of 3 s")) == .failed(reason: "the limit of 3 s"))
  }
}
