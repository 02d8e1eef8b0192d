internal import CSystemd
internal import Glibc

/// Notifications to systemd about the state of the service; no-ops outside systemd.
///
/// Swift cannot call the variadic functions of libsystemd; `sd_notify` takes complete lines.
package struct ServiceNotifier: Sendable {
  private static let microsecondsPerSecond = 1_000_000.0

  package init() {}

  /// Reports that the service is ready; `systemctl start` returns.
  package func ready(status: String) { send(["READY=1", "STATUS=\(oneLine(status))"]) }

  /// Sets the line that `systemctl status` shows.
  package func status(_ text: String) { send(["STATUS=\(oneLine(text))"]) }

  /// Reports that the configuration is being reloaded.
  ///
  /// ``ready(status:)`` must follow. systemd 253 and later require the time in the same datagram.
  package func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let microseconds = Int(time.tv_sec) * 1_000_000 + Int(time.tv_nsec) / 1000
    send(["RELOADING=1", "MONOTONIC_USEC=\(microseconds)"])
  }

  /// Waits until systemd has handled the notifications that this process has sent, for at most a few seconds.
  ///
  /// A process that exits sooner may be unknown to systemd when it reads them.
  package static func waitUntilReceived() { _ = sd_notify_barrier(0, barrierMicroseconds) }

  private static let barrierMicroseconds: UInt64 = 5_000_000

  /// Reports that the service is stopping and needs up to `seconds` more.
  package func stopping(status: String, extendBySeconds seconds: Double) {
    send([
      "STOPPING=1", "STATUS=\(oneLine(status))", "EXTEND_TIMEOUT_USEC=\(Int(seconds * Self.microsecondsPerSecond))",
    ])
  }

  /// Notifies the watchdog.
  package func watchdog() { send(["WATCHDOG=1"]) }

  /// The watchdog timeout in seconds; nil without a watchdog.
  package static var watchdogSeconds: Double? {
    var microseconds: UInt64 = 0
    guard sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
    return Double(microseconds) / microsecondsPerSecond
  }

  private func send(_ lines: [String]) { _ = sd_notify(0, lines.joined(separator: "\n")) }

  private func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
