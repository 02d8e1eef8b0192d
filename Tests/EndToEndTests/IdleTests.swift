import DurableFiles
import Foundation
import Testing
import Wording

/// What a daemon costs that has nothing to do.
@Suite("An idle daemon")
struct IdleTests {
  private static let seconds = 20.0
  /// Of libdispatch, which Swift's actors run on: once a second it looks at its threads.
  ///
  /// A bare program that has used it once has ten switches in ten seconds, too, and nobody can turn that off.
  /// On a busy machine these threads also wait for each other, so twice as many are allowed. The ticks of former builds
  /// made 5.6 a second.
  private static let dispatchPerSecond = 2.0
  /// Of the daemon itself.
  private static let ownPerSecond = 0.1
  /// The quietest of so many windows counts.
  private static let maximumWindows = 4
  private static let maximumAnonymousBytes = 8 << 20

  @Test("libdispatch apart it wakes up at most once in ten seconds, and has at most 8 MB of memory of its own")
  func sleeps() async throws {
    // As in the shipped unit: WatchdogSec=60.
    let daemon = Daemon(environment: ["WATCHDOG_USEC": "60000000"])
    try await daemon.start()
    // Threads that were used at the start go when they have had nothing to do for a while.
    try await Task.sleep(for: .seconds(12))
    // One more of each: a second, and ten, may begin at the edge.
    let allowed = (Self.dispatchPerSecond + Self.ownPerSecond) * Self.seconds + 2
    var count = Int.max
    // Where the machine is busy with other tests, threads that wait for each other wake up more often.
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
