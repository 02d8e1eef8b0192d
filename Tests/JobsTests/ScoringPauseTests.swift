import Jobs
import Testing

@Suite("Pauses between checkpoints and pages")
struct ScoringPauseTests {
  @Test("a pause lasts two seconds, also before the first time if it has a start")
  func minimum() {
    let pause = ScoringPause(since: 10)
    #expect(!pause.isDue(now: 11.9))
    #expect(pause.isDue(now: 12))
    #expect(!pause.isDue(now: 13.9))
    #expect(pause.isDue(now: 14))
  }

  @Test("without a start, the first time has no pause")
  func atOnce() {
    let pause = ScoringPause(since: nil)
    #expect(pause.isDue(now: 10))
    #expect(!pause.isDue(now: 10.1))
  }

  @Test("a second of work is followed by a pause of twenty seconds, short work by the usual pause")
  func extended() {
    let pause = ScoringPause(since: nil)
    #expect(pause.isDue(now: 10))
    pause.extend(now: 11, afterWorkOf: 1)
    #expect(!pause.isDue(now: 30.9))
    #expect(pause.isDue(now: 31))
    pause.extend(now: 31.01, afterWorkOf: 0.01)
    #expect(!pause.isDue(now: 32.9))
    #expect(pause.isDue(now: 33))
  }
}
