import DurableFiles
import Foundation
import Glibc
import Synchronization
import Testing

@Suite("Fingerprints of files that others work on")
struct FileFingerprintTests {
  /// F_SETLEASE of fcntl(2), which Swift does not import.
  private static let setLease: Int32 = 1024

  private let path = NSTemporaryDirectory() + "fingerprint-\(UUID().uuidString)"

  private func removeFile() { try? FileSystem().remove(path) }

  @Test("a file on which somebody holds a lease is in use, which is told at once; given up, it can be read")
  func lease() throws {
    // Whoever opens the file makes the system send this to the holder.
    signal(SIGIO, SIG_IGN)
    defer { removeFile() }
    try FileSystem().write("x,y\n1,2\n".utf8, to: path)
    let holder = open(path, O_RDWR)
    try #require(holder >= 0 && fcntl(holder, Self.setLease, F_WRLCK) == 0)
    let clock = ContinuousClock()
    let start = clock.now
    let error = #expect(throws: FingerprintError.self) { try FileFingerprint.of(path) }
    #expect(error?.isInUse == true)
    #expect(error?.reason == "it is in use by another program, which holds a lease on it")
    let reading = #expect(throws: FileSystemError.self) { try FileSystem().read(path, limit: 100) }
    #expect(reading?.isInUse == true)
    // The system would take the lease away after 45 s: nobody has waited for that.
    #expect(clock.now - start < .seconds(20))
    close(holder)
    #expect(try FileFingerprint.of(path).byteCount == 8)
  }

  @Test("a file that grows while it is hashed is read no further than it went, and the growth is told")
  func growth() throws {
    defer { removeFile() }
    try FileSystem().write([], to: path)
    // Large enough for the hash to take longer than the writer's next step.
    try #require(truncate(path, 1 << 30) == 0)
    let isDone = Flag()
    let path = path
    let writer = Thread {
      var size: off_t = 1 << 30
      while !isDone.isSet, size < 1 << 43 {
        size += 1 << 32
        truncate(path, size)
        usleep(1000)
      }
    }
    writer.start()
    let error = #expect(throws: FingerprintError.self) { try FileFingerprint.of(path) }
    isDone.set()
    guard case .sizeChanged(path, let before, let after) = error else {
      Issue.record("\(error.map { "\($0)" } ?? "nothing") was told")
      return
    }
    #expect(before < after)
    #expect(error?.reason.hasPrefix("it had \(before) bytes when it was opened and \(after) after it was read") == true)
  }
}

private final class Flag: Sendable {
  private let value = Mutex(false)
  var isSet: Bool { value.withLock { $0 } }
  func set() { value.withLock { $0 = true } }
}
