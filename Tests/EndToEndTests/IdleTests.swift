import DurableFiles
import Foundation
import Testing
import Wording

/// The resource usage of an idle daemon.
@Suite("An idle daemon")
struct IdleTests {
  private static let seconds = 20.0
  /// Wake-ups of libdispatch, on which Swift's actors run: it checks its threads once a second.
  ///
  /// A bare program that has used it once also has ten switches in ten seconds, which cannot be
  /// turned off. On a busy machine these threads also wait for each other, so twice as many are
  /// allowed. The ticks of earlier builds made 5.6 a second.
  private static let dispatchPerSecond = 2.0
  /// Wake-ups of the daemon itself.
  private static let ownPerSecond = 0.1
  /// The number of measuring windows; the quietest one counts.
  private static let maximumWindows = 4
  private static let maximumAnonymousBytes = 8 << 20

  @Test("apart from libdispatch it wakes at most once in ten seconds, and it has at most 8 MB of anonymous memory")
  func sleeps() async throws {
    // As in the shipped unit: WatchdogSec=60.
    let daemon = Daemon(environment: ["WATCHDOG_USEC": "60000000"])
    try await daemon.start()
    // Threads that were used at startup end after an idle period.
    try await Task.sleep(for: .seconds(12))
    // One more of each, because a period of one or ten seconds may begin at the edge of the window.
    let allowed = (Self.dispatchPerSecond + Self.ownPerSecond) * Self.seconds + 2
    var count = Int.max
    // On a busy machine threads that wait for each other wake more often.
    for _ in 0..<Self.maximumWindows where Double(count) > allowed {
      let before = daemon.wakeUps
      try await Task.sleep(for: .seconds(Self.seconds))
      count = min(count, daemon.wakeUps - before)
    }
    #expect(Double(count) <= allowed, "\(count) wake-ups in \(Self.seconds) s")
    let bytes = try #require(daemon.anonymousBytes)
    #expect(bytes <= Self.maximumAnonymousBytes)
    print("idle: \(count) wake-ups in \(Int(Self.seconds)) s, \(ByteText.of(bytes)) of memory of its own")
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
