import Glibc
import JobEvents
import Supervision
import Testing

@Suite("Progress and silence")
struct SilenceTests {
  @Test("silence accumulates between checks and ends with a report")
  func silence() {
    var silence = Silence(stepSeconds: 10, nowSeconds: 100)
    for second in stride(from: 105.0, through: 130, by: 5) { silence.look(nowSeconds: second) }
    #expect(silence.seconds == 30)
    silence.end(nowSeconds: 131)
    silence.look(nowSeconds: 133)
    #expect(silence.seconds == 2)
  }

  @Test("time in which the supervisor was suspended counts as one step only")
  func stoppedSupervisor() {
    var silence = Silence(stepSeconds: 10, nowSeconds: 0)
    silence.look(nowSeconds: 5)
    silence.look(nowSeconds: 100_000)
    #expect(silence.seconds == 15)
  }

  @Test("training progresses by its own counter or by input and output; elsewhere newly touched memory counts too")
  func activity() {
    let before = Activity(beats: 5, transfers: 100, pages: 7)
    var after = before
    for phase in [JobPhase.preparing, .training, .finishing] { #expect(!after.hasMoved(since: before, in: phase)) }
    after.pages = 8
    #expect(!after.hasMoved(since: before, in: .training))
    #expect(after.hasMoved(since: before, in: .preparing) && after.hasMoved(since: before, in: .finishing))
    after = before
    after.transfers = 101
    #expect(after.hasMoved(since: before, in: .training))
    after = before
    after.beats = 6
    #expect(after.hasMoved(since: before, in: .training))
  }

  @Test("the meter counts the reads and writes of this process, but not its own reads and reports")
  func meter() throws {
    #expect(ActivityMeter.transfers("rchar: 10\nwchar: 5\nsyscr: 3\n") == 15)
    #expect(ActivityMeter.transfers("something else") == nil)
    // Other tests of this process also read and write, but not all the time.
    var meter = ActivityMeter()
    var differences: [Int] = []
    var last = meter.read(beats: 0, reportedBytes: 0)
    for _ in 0..<200 {
      let next = meter.read(beats: 0, reportedBytes: 0)
      differences.append(next.transfers - last.transfers)
      last = next
    }
    #expect(differences.contains(0))
    let descriptor = open("/dev/zero", O_RDONLY)
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 1, count: 100_000)
    #expect(read(descriptor, &bytes, bytes.count) == bytes.count)
    #expect(meter.read(beats: 0, reportedBytes: 0).transfers - last.transfers >= 100_000)
    #expect(meter.read(beats: 0, reportedBytes: 100_000).transfers - last.transfers >= 0)
  }
}
