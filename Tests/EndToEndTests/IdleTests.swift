import DurableFiles
import Foundation
import TestSupport
import Testing
import Wording

/// The resource usage of an idle daemon.
@Suite("An idle daemon", .ownThread)
struct IdleTests {
  private static let seconds = 20.0
  /// The allowed number of wake-ups per second.
  private static let perSecond = 0.1
  /// The number of measuring windows; the quietest one counts.
  private static let maximumWindows = 4
  private static let maximumAnonymousBytes = 8 << 20

  @Test("it wakes at most once in ten seconds and has at most 8 MB of anonymous memory")
  func sleeps() async throws {
    // As in the shipped unit: WatchdogSec=60.
    let daemon = Daemon(environment: ["WATCHDOG_USEC": "60000000"])
    try await daemon.start()
    // Threads that were used at startup end after an idle period.
    await pause(milliseconds: 12_000)
    var (count, allowed) = (Int.max, 0.0)
    // On a busy machine threads that wait for each other wake more often.
    for _ in 0..<Self.maximumWindows where Double(count) > allowed {
      let (before, start) = (daemon.wakeUps, ContinuousClock.now)
      await pause(milliseconds: Int(Self.seconds * 1000))
      count = daemon.wakeUps - before
      // One more, because a period of ten seconds may begin at the edge of the window.
      allowed = Self.perSecond * ((ContinuousClock.now - start) / .seconds(1)) + 1
    }
    #expect(Double(count) <= allowed, "\(count) wake-ups, \(allowed) allowed")
    let bytes = try #require(daemon.anonymousBytes)
    #expect(bytes <= Self.maximumAnonymousBytes)
    print("idle: \(count) wake-ups in about \(Int(Self.seconds)) s, \(ByteText.of(bytes)) of memory of its own")
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
