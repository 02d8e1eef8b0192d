internal import CSystemd
internal import Glibc

/// Tells systemd how the service is.
///
/// Does nothing outside systemd.
///
/// The variadic functions of libsystemd cannot be called from Swift; `sd_notify` takes whole lines.
package struct ServiceNotifier: Sendable {
  private static let microsecondsPerSecond = 1_000_000.0

  package init() {}

  /// The service works; `systemctl start` returns.
  package func ready(status: String) { send(["READY=1", "STATUS=\(oneLine(status))"]) }

  /// The line that `systemctl status` shows.
  package func status(_ text: String) { send(["STATUS=\(oneLine(text))"]) }

  /// The configuration is being read again.
  ///
  /// Must be followed by ``ready(status:)``. systemd 253 and later want the time in the same datagram.
  package func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let microseconds = Int(time.tv_sec) * 1_000_000 + Int(time.tv_nsec) / 1000
    send(["RELOADING=1", "MONOTONIC_USEC=\(microseconds)"])
  }

  /// The service is ending, and needs up to `seconds` more.
  package func stopping(status: String, extendBySeconds seconds: Double) {
    send([
      "STOPPING=1", "STATUS=\(oneLine(status))", "EXTEND_TIMEOUT_USEC=\(Int(seconds * Self.microsecondsPerSecond))",
    ])
  }

  /// The service is alive.
  package func watchdog() { send(["WATCHDOG=1"]) }

  /// Seconds within which systemd wants to hear from the service; nil without a watchdog.
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
