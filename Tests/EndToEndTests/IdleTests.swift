import DurableFiles
import Foundation
import Testing
import Wording

/// What a daemon costs that has nothing to do.
@Suite("An idle daemon")
struct IdleTests {
  private static let seconds = 20.0
  private static let maximumAnonymousBytes = 8 << 20

  @Test("it wakes up at most once in ten seconds, watchdog included, and has at most 8 MB of memory of its own")
  func sleeps() async throws {
    // As in the shipped unit: WatchdogSec=60.
    let daemon = Daemon(environment: ["WATCHDOG_USEC": "60000000"])
    try await daemon.start()
    // Threads that were used at the start go when they have had nothing to do for a while.
    try await Task.sleep(for: .seconds(12))
    let before = daemon.wakeUps
    try await Task.sleep(for: .seconds(Self.seconds))
    let count = daemon.wakeUps - before
    #expect(Double(count) <= Self.seconds / 10, "\(count) wake-ups in \(Self.seconds) s")
    let bytes = try #require(daemon.anonymousBytes)
    #expect(bytes <= Self.maximumAnonymousBytes)
    print("idle: \(count) wake-ups in \(Int(Self.seconds)) s, \(ByteText.of(bytes)) of memory of its own")
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
