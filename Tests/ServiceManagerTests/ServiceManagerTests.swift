import Foundation
import ServiceManager
import Testing

@Suite("Notifications to systemd", .serialized)
struct ServiceManagerTests {
  /// Listens on the notification socket and returns the datagrams that `body` sends.
  private func datagrams(_ count: Int, _ body: (ServiceNotifier) -> Void) throws -> [String] {
    let path = NSTemporaryDirectory() + "notify-\(UUID().uuidString.prefix(8))"
    let listener = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer {
      close(listener)
      unlink(path)
    }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    setenv("NOTIFY_SOCKET", path, 1)
    defer { unsetenv("NOTIFY_SOCKET") }
    body(ServiceNotifier())
    return (0..<count).map { _ in
      var buffer = [UInt8](repeating: 0, count: 4096)
      let length = recv(listener, &buffer, buffer.count, Int32(MSG_DONTWAIT))
      return String(decoding: buffer.prefix(max(0, length)), as: UTF8.self)
    }
  }

  @Test("readiness and status are one datagram, and the status is one line")
  func ready() throws {
    #expect(try datagrams(1) { $0.ready(status: "2 queued\n1 running") } == ["READY=1\nSTATUS=2 queued 1 running"])
  }

  @Test("reloading carries the monotonic time in the same datagram")
  func reloading() throws {
    let text = try datagrams(1) { $0.reloading() }[0]
    let lines = text.split(separator: "\n")
    #expect(lines.first == "RELOADING=1")
    let time = try #require(lines.last.flatMap { Int($0.split(separator: "=")[1]) })
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    #expect(abs(Double(now.tv_sec) - Double(time) / 1e6) < 60)
  }

  @Test("stopping requests more time; the watchdog is notified")
  func stoppingAndWatchdog() throws {
    let found = try datagrams(2) {
      $0.stopping(status: "s", extendBySeconds: 2.5)
      $0.watchdog()
    }
    #expect(found == ["STOPPING=1\nSTATUS=s\nEXTEND_TIMEOUT_USEC=2500000", "WATCHDOG=1"])
  }

  @Test("an entry has its fields, and a readable line that names the level only for warnings and errors")
  func entries() {
    let entry = JournalEntry(
      "7: accepted", priority: .notice, messageID: "abc", fields: [(name: "DEEPSPOOL_JOB", value: "7")])
    #expect(entry.lines == ["MESSAGE=7: accepted", "PRIORITY=5", "MESSAGE_ID=abc", "DEEPSPOOL_JOB=7"])
    #expect(entry.readableLine == "7: accepted")
    #expect(JournalEntry("x", priority: .error).readableLine == "error: x")
    #expect(JournalEntry("a\u{1B}[31mb", priority: .info).readableLine == "a\u{FFFD}[31mb")
  }
}
