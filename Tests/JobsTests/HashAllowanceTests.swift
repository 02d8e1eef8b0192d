import DurableFiles
import Foundation
import Glibc
import Jobs
import Synchronization
import TestSupport
import Testing

@Suite("Hashing of data files")
struct HashAllowanceTests {
  private final class Clock: Sendable {
    private let time = Mutex(0.0)
    var seconds: Double { time.withLock { $0 } }
    func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
  }

  private let folder = TemporaryFolder()
  private let clock = Clock()
  private let memory = FileFingerprint.Memory()

  @Test("a submitter with many large files is sampled after a gigabyte, others are not, and a minute later no more")
  func allowance() throws {
    let allowance = HashAllowance { [clock] in clock.seconds }
    func fingerprint(_ name: String, megabytes: Int, for userID: UInt32) throws -> FileFingerprint {
      let path = "\(folder.path)/\(name)"
      if !FileSystem().exists(path) { try FileSystem().write([], to: path) }
      // Sparse: no space on the disk, but time to read.
      #expect(truncate(path, off_t(megabytes) << 20) == 0)
      return try allowance.fingerprint(
        of: path, by: .process, hashedBytes: FileFingerprint.maximumHashedBytes, for: userID, memory)
    }
    #expect(try fingerprint("a", megabytes: 600, for: 1).isWhole)
    #expect(try fingerprint("b", megabytes: 600, for: 1).hashedBytes == 424 << 20)
    #expect(try fingerprint("c", megabytes: 600, for: 1).hashedBytes == 2 << 20)
    #expect(try fingerprint("d", megabytes: 2, for: 1).isWhole)
    #expect(try fingerprint("e", megabytes: 20, for: 2).isWhole)
    #expect(!(try fingerprint("f", megabytes: 20, for: 1).isWhole))
    clock.advance(61)
    #expect(try fingerprint("g", megabytes: 20, for: 1).isWhole)
  }

  @Test("a hash that is known costs nothing")
  func known() throws {
    let allowance = HashAllowance { 0 }
    let path = "\(folder.path)/a"
    try FileSystem().write([], to: path)
    #expect(truncate(path, 700 << 20) == 0)
    for _ in 0..<3 {
      let found = try allowance.fingerprint(of: path, by: .process, hashedBytes: 1 << 30, for: 1, memory)
      #expect(found.isWhole)
    }
    let other = "\(folder.path)/b"
    try FileSystem().write([], to: other)
    #expect(truncate(other, 300 << 20) == 0)
    #expect(try allowance.fingerprint(of: other, by: .process, hashedBytes: 1 << 30, for: 1, memory).isWhole)
  }
}
