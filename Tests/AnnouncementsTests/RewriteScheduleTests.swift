import Announcements
import Testing

@Suite("The times at which a summary is written again")
struct RewriteScheduleTests {
  private var schedule = RewriteSchedule(minimumSeconds: 10)

  @Test("without a change nothing is due")
  func idle() {
    var schedule = schedule
    #expect(schedule.dueSeconds == .infinity)
    #expect(schedule.begin(nowSeconds: 1e9) == false)
  }

  @Test("the first change is written after its delay, and the earliest of several changes counts")
  func delay() {
    var schedule = schedule
    schedule.changed(nowSeconds: 100, delaySeconds: 60)
    schedule.changed(nowSeconds: 101, delaySeconds: 1)
    schedule.changed(nowSeconds: 102, delaySeconds: 60)
    #expect(schedule.dueSeconds == 102)
    #expect(schedule.begin(nowSeconds: 101.9) == false)
    #expect(schedule.begin(nowSeconds: 102) == true)
  }

  @Test("ten thousand events in 100 seconds lead to ten writes ten seconds apart")
  func burst() {
    var schedule = schedule
    var writes: [Double] = []
    for event in 0..<10_000 {
      let now = Double(event) / 100
      schedule.changed(nowSeconds: now, delaySeconds: 0)
      if schedule.begin(nowSeconds: now) {
        writes.append(now)
        schedule.end(nowSeconds: now, hasFailed: false)
      }
    }
    #expect(writes.count == 10)
    #expect(zip(writes, writes.dropFirst()).allSatisfy { $1 - $0 >= 10 })
  }

  @Test("a change during a write is written next, fifty times the duration of the write later")
  func slowWrites() {
    var schedule = schedule
    schedule.changed(nowSeconds: 0, delaySeconds: 0)
    #expect(schedule.begin(nowSeconds: 0) == true)
    schedule.changed(nowSeconds: 1, delaySeconds: 0)
    #expect(schedule.dueSeconds == .infinity)
    #expect(schedule.begin(nowSeconds: 50) == false)
    schedule.end(nowSeconds: 2, hasFailed: false)
    #expect(schedule.dueSeconds == 102)
  }

  @Test("a failed write is repeated after a minute without a further change")
  func failure() {
    var schedule = schedule
    schedule.changed(nowSeconds: 0, delaySeconds: 0)
    #expect(schedule.begin(nowSeconds: 0) == true)
    schedule.end(nowSeconds: 0, hasFailed: true)
    #expect(schedule.dueSeconds == 60)
    #expect(schedule.begin(nowSeconds: 60) == true)
    schedule.end(nowSeconds: 60, hasFailed: false)
    #expect(schedule.dueSeconds == .infinity)
  }
}
