import Jobs
import Testing

@Suite("Time for live pages")
struct PageAllowanceTests {
  @Test("pages may take half a second at once, then a fiftieth of the running time")
  func limits() {
    let allowance = PageAllowance(start: 100)
    #expect(allowance.secondsToNext(now: 100) == 0)
    allowance.spend(0.4)
    #expect(allowance.secondsToNext(now: 100) == 0)
    allowance.spend(0.3)
    #expect(abs(allowance.secondsToNext(now: 100) - 10) < 1e-9)
    #expect(abs(allowance.secondsToNext(now: 104) - 6) < 1e-9)
    #expect(allowance.secondsToNext(now: 111) == 0)
  }
}
