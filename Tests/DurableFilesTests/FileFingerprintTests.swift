import DurableFiles
import Foundation
import Glibc
import Synchronization
import Testing

@Suite("Fingerprints of files in use")
struct FileFingerprintTests {
  /// F_SETLEASE of fcntl(2), which Swift does not import.
  private static let setLease: Int32 = 1024

  private let path = NSTemporaryDirectory() + "fingerprint-\(UUID().uuidString)"

  private func removeFile() { try? FileSystem().remove(path) }

  @Test("a file with a lease is reported as in use at once and can be read after the lease is released")
  func lease() throws {
    // The kernel sends SIGIO to the holder of a lease when another process opens the file.
    signal(SIGIO, SIG_IGN)
    defer { removeFile() }
    try FileSystem().write("x,y\n1,2\n".utf8, to: path)
    let holder = open(path, O_RDWR)
    try #require(holder >= 0 && fcntl(holder, Self.setLease, F_WRLCK) == 0)
    let clock = ContinuousClock()
    let start = clock.now
    let error = #expect(throws: FingerprintError.self) { try FileFingerprint.of(path) }
    #expect(error?.isInUse == true)
    #expect(error?.reason == "it is in use by another program (file lease)")
    let reading = #expect(throws: FileSystemError.self) { try FileSystem().read(path, limit: 100) }
    #expect(reading?.isInUse == true)
    // The kernel would break the lease after 45 s; the test must not have waited for that.
    #expect(clock.now - start < .seconds(20))
    close(holder)
    #expect(try FileFingerprint.of(path).byteCount == 8)
  }

  @Test("a file that grows while it is hashed is read up to its first size, and the growth is reported")
  func growth() throws {
    defer { removeFile() }
    try FileSystem().write([], to: path)
    // The file is so large that hashing takes longer than the writer's next step.
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
      Issue.record("\(error.map { "\($0)" } ?? "no error") was thrown")
      return
    }
    #expect(before < after)
    #expect(error?.reason.hasPrefix("its size changed from \(before) to \(after) bytes while it was read") == true)
  }
}

private final class Flag: Sendable {
  private let value = Mutex(false)
  var isSet: Bool { value.withLock { $0 } }
  func set() { value.withLock { $0 = true } }
}
