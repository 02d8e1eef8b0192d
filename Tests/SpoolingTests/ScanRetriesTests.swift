import Spooling
import Testing

@Suite("Scans after failures")
struct ScanRetriesTests {
  @Test("the pause doubles while scans fail, up to a limit, and a scan without a failure resets it")
  func pauses() {
    var retries = ScanRetries()
    #expect(retries.dueSeconds == .infinity)
    var (now, pauses) = (100.0, [Double]())
    for _ in 0..<7 {
      retries.noteFailure(nowSeconds: now)
      retries.noteFailure(nowSeconds: now + 0.5)
      pauses.append(retries.dueSeconds - now)
      let isEarly = retries.begin(nowSeconds: now)
      now = retries.dueSeconds
      let isDue = retries.begin(nowSeconds: now)
      #expect(!isEarly && isDue)
      // The scan fails again.
      retries.noteFailure(nowSeconds: now)
      retries.end()
      _ = retries.begin(nowSeconds: .infinity)
    }
    #expect(pauses == [1, 2, 4, 8, 16, 16, 16])
    retries.end()
    retries.noteFailure(nowSeconds: now)
    #expect(retries.dueSeconds == now + 1)
  }
}
