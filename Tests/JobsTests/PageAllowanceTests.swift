import Jobs
import Testing

@Suite("Time for live pages")
struct PageAllowanceTests {
  @Test("sixteen pages are free, others take at most a fiftieth of the running time")
  func limits() {
    let allowance = PageAllowance(start: 100)
    for _ in 0..<16 {
      #expect(allowance.secondsToNext(now: 100) == 0)
      allowance.spend(3)
    }
    #expect(allowance.secondsToNext(now: 100) == 0)
    allowance.spend(0.2)
    #expect(abs(allowance.secondsToNext(now: 100) - 10) < 1e-9)
    #expect(abs(allowance.secondsToNext(now: 104) - 6) < 1e-9)
    #expect(allowance.secondsToNext(now: 111) == 0)
  }
}
