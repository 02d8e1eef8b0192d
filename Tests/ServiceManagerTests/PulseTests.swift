import Glibc
import ServiceManager
import Synchronization
import Testing

@Suite("Timer of the service")
struct PulseTests {
  private final class Counts: Sendable {
    private let values = Mutex<[String: Int]>([:])
    func add(_ name: String) { values.withLock { $0[name, default: 0] += 1 } }
    subscript(_ name: String) -> Int { values.withLock { $0[name] ?? 0 } }
  }

  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func pulse(_ counts: Counts, life: Double?, look: Double) -> Pulse {
    Pulse(
      .init(
        lifeSeconds: life, showLife: { counts.add("life") }, lookSeconds: look, look: { counts.add("look") },
        wake: { counts.add("wake") }), secondsNow: Self.seconds)
  }

  private func until(_ condition: () -> Bool) async throws {
    for _ in 0..<1000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
  }

  @Test("watchdog notifications and checks repeat, a deadline fires once")
  func duties() async throws {
    let counts = Counts()
    let pulse = pulse(counts, life: 0.02, look: 0.05)
    defer { pulse.end() }
    pulse.wake(at: Self.seconds() + 0.03)
    try await until { counts["life"] >= 3 && counts["look"] >= 2 && counts["wake"] >= 1 }
    #expect(counts["life"] >= 3 && counts["look"] >= 2 && counts["wake"] == 1)
  }

  @Test("an earlier deadline ends the sleep, a later one replaces it, and infinity removes it")
  func deadlines() async throws {
    let counts = Counts()
    let pulse = pulse(counts, life: nil, look: 1000)
    defer { pulse.end() }
    pulse.wake(at: Self.seconds() + 500)
    pulse.wake(at: Self.seconds() + 0.05)
    try await until { counts["wake"] == 1 }
    #expect(counts["wake"] == 1)
    pulse.wake(at: Self.seconds() + 0.05)
    pulse.wake(at: .infinity)
    try await Task.sleep(for: .milliseconds(200))
    #expect(counts["wake"] == 1)
    #expect(counts["life"] == 0 && counts["look"] == 0)
  }
}
