import DurableFiles
import Foundation
import Glibc
import Spooling
import TestSupport
import Testing

/// Tests of a daemon with full or read-only disks, missing folders and lost events.
@Suite("Faults of the machine", .serialized, .ownThread)
struct SurroundingsTests {
  private static let job = """
    training_frame: iris.csv
    response_column: Species
    hidden: [5]
    epochs: 3
    """

  /// A file system in memory; nil, with a message, if none can be mounted.
  private final class Disk {
    let path = NSTemporaryDirectory() + "disk-\(UUID().uuidString)"

    init?(megabytes: Int) {
      try? FileSystem().makeFolder(path)
      guard mount("-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path) else {
        print("skipped: needs root to mount a file system")
        return nil
      }
    }

    deinit {
      _ = try? Programs.run("/usr/bin/umount", ["-l", path])
      try? FileSystem().removeTree(path)
    }

    func mount(_ arguments: String...) -> Bool {
      (try? Programs.run("/usr/bin/mount", arguments))?.status == 0
    }
  }

  private func fill(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    let block = [UInt8](repeating: 1, count: 1 << 14)
    while write(descriptor, block, block.count) > 0 {}
  }

  @Test("on a full disk jobs wait in incoming and in the queue; with space again each finishes once")
  func fullDisk() async throws {
    guard let disk = Disk(megabytes: 8) else { return }
    let daemon = Daemon(spool: "\(disk.path)/spool")
    try await daemon.start()
    try daemon.drop("a.yaml", Self.job)
    try await daemon.until { daemon.names(.finished) == ["000001-a"] }
    try daemon.drop(
      "b.yaml",
      Self.job.replacingOccurrences(of: "epochs: 3", with: "epochs: 3\njob: {not_before: 2000-01-01T00:00:00Z}"))
    try await daemon.until { daemon.names(.finished).count == 2 }
    // Leaves space for job files, but not for results.
    try fill("\(disk.path)/ballast")
    truncate("\(disk.path)/ballast", off_t(try FileSystem().status("\(disk.path)/ballast").byteCount - 400_000))
    for name in ["c.yaml", "d.yaml"] { try daemon.drop(name, Self.job) }
    try await daemon.until { daemon.count("files stay in incoming until there is more") == 1 }
    #expect(try FileSystem().list(daemon.layout.incoming) == ["c.yaml", "d.yaml"])
    try FileSystem().remove("\(disk.path)/ballast")
    try await daemon.until { daemon.names(.finished).count == 4 }
    #expect(daemon.count("disk is sufficient again") == 1)
    #expect(try daemon.listing().results.count == 4)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("orders for running jobs survive a full disk: one is cancelled, the other finishes when there is space again")
  func ordersOnFullDisk() async throws {
    guard let disk = Disk(megabytes: 16) else { return }
    let daemon = Daemon(spool: "\(disk.path)/spool", ["--max-concurrent-jobs", "2"])
    try await daemon.start()
    // Without checkpoints, so that the second job has nothing to finish with when it starts again.
    let endless =
      Self.job.replacing("epochs: 3", with: "epochs: 1e9")
      + "\nstopping_rounds: 0\nclassification_stop: -1\nscore_interval: 1000\ncheckpoint_interval: 0\n"
    for name in ["a", "b"] {
      try daemon.drop("\(name).yaml", endless)
      try await daemon.until { daemon.count("-\(name): 0 %, ") > 0 }
    }
    try fill("\(disk.path)/ballast")
    let cancel = try Programs.deepspool(["cancel", "--spool", daemon.layout.root, "a"])
    let finish = try Programs.deepspool(["finish", "--spool", daemon.layout.root, "b"])
    #expect(cancel.status == 0 && finish.status == 0, "\(cancel), \(finish)")
    try await daemon.until { daemon.names(.cancelled) == ["000001-a"] && daemon.count("No space left on device") > 0 }
    try FileSystem().remove("\(disk.path)/ballast")
    try await daemon.until { daemon.names(.finished) == ["000002-b"] }
    #expect(daemon.count("ignored") == 0)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test(
    "a mount in the spool is refused at the start, even of the same file system",
    arguments: ["incoming", "queued", "running", "results", "rejected", "control", "control/rerun"])
  func mounts(_ name: String) throws {
    let root = NSTemporaryDirectory() + "mounts-\(UUID().uuidString)"
    defer { try? FileSystem().removeTree(root) }
    try SpoolDirectory(SpoolLayout(root: root), fileSystem: FileSystem()).create()
    let path = "\(root)/\(name)"
    guard (try? Programs.run("/usr/bin/mount", ["--bind", path, path]))?.status == 0 else {
      return print("skipped: needs root to mount a folder")
    }
    defer { _ = try? Programs.run("/usr/bin/umount", ["-l", path]) }
    // A daemon that starts is ended with status 124.
    let arguments = ["60", "\(Programs.folder)/deepspoold", "--spool", root, "--data", Programs.samples]
    let start = try Programs.run("/usr/bin/timeout", arguments)
    #expect(start.status == 78, "\(start)")
    #expect(start.errors.contains("'\(path)") && start.errors.contains("are on different file systems"))
  }

  @Test(
    "a read-only disk is reported and delays jobs until it is writable again")
  func readOnly() async throws {
    guard let disk = Disk(megabytes: 64) else { return }
    let daemon = Daemon(spool: "\(disk.path)/spool")
    try await daemon.start()
    // Late enough for the disk to be read-only by then, even on a busy machine.
    let soon = Date(timeIntervalSinceNow: 30).formatted(.iso8601)
    try daemon.drop("a.yaml", Self.job + "\njob: {not_before: \(soon)}")
    try await daemon.until { daemon.names(.queued) == ["000001-a"] }
    // The daemon may be writing a file, such as its metrics.
    try await daemon.until { disk.mount("-o", "remount,ro", disk.path) }
    #expect(throws: FileSystemError.self) { try daemon.drop("b.yaml", Self.job) }
    let held = try Programs.deepspool(["hold", "--spool", daemon.layout.root, "a"])
    #expect(held.status == 73)
    #expect(held.errors.contains("Read-only file system"))
    // Its time comes, but it cannot be moved.
    try await daemon.until { daemon.count("Read-only file system") > 0 }
    #expect(daemon.names(.queued) == ["000001-a"])
    try #require(disk.mount("-o", "remount,rw", disk.path))
    try daemon.drop("b.yaml", Self.job)
    try await daemon.until { daemon.names(.finished) == ["000001-a", "000002-b"] }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("after lost events everything is scanned")
  func lostEvents() async throws {
    let daemon = Daemon()
    try await daemon.start()
    daemon.send(SIGSTOP)
    // More than the 16,384 events that the kernel keeps; two alternating names, because equal
    // consecutive events are merged.
    for number in 0..<20_000 {
      let path = "\(daemon.layout.incoming)/.noise\(number % 2)"
      close(open(path, O_WRONLY | O_CREAT, 0o600))
    }
    try daemon.drop("late.yaml", Self.job)
    daemon.send(SIGCONT)
    try await daemon.until { daemon.names(.finished) == ["000001-late"] }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a removed folder of the spool is reported, the daemon continues, and a restart creates it again")
  func removedFolder() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("a.yaml", Self.job)
    try await daemon.until { daemon.names(.finished) == ["000001-a"] }
    try FileSystem().removeTree(daemon.layout.incoming)
    try await daemon.until { daemon.count("incoming' was removed or moved away") == 1 }
    #expect(try await daemon.end(SIGTERM) == 0)
    try await daemon.start()
    try daemon.drop("b.yaml", Self.job)
    try await daemon.until { daemon.names(.finished) == ["000001-a", "000002-b"] }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a data file that is removed before its job starts fails the job; once it is back, a retry finishes")
  func removedData() async throws {
    let data = NSTemporaryDirectory() + "data-\(UUID().uuidString)"
    try FileSystem().copyTree(Programs.samples, to: data)
    defer { try? FileSystem().removeTree(data) }
    let daemon = Daemon(data: data)
    try await daemon.start()
    try daemon.drop("a.yaml", Self.job + "\njob: {after: [b]}")
    try await daemon.until { daemon.names(.queued) == ["000001-a"] }
    try FileSystem().rename("\(data)/iris.csv", to: "\(data)/away.csv")
    try daemon.drop("b.yaml", Self.job.replacingOccurrences(of: "iris.csv", with: "away.csv"))
    try await daemon.until { daemon.names(.failed) == ["000001-a"] }
    let why = try Programs.deepspool(["why", "--spool", daemon.layout.root, "a"]).output
    #expect(why.contains("failed: 'iris.csv' is gone, or the submitter or the service may no longer read it"), "\(why)")
    #expect(
      why.contains("; let them read it, or put it back, then run `deepspool retry 000001-a`") && !why.contains("allow"),
      "\(why)")
    try FileSystem().rename("\(data)/away.csv", to: "\(data)/iris.csv")
    try Programs.deepspool(["retry", "--spool", daemon.layout.root, "a"])
    try await daemon.until { daemon.names(.finished).contains("000001-a") }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a name of 255 bytes is accepted, a name that is not UTF-8 is explained, and neither affects other jobs")
  func oddNames() async throws {
    let daemon = Daemon()
    try await daemon.start()
    let long = String(repeating: "n", count: 250) + ".yaml"
    try daemon.drop(long, Self.job)
    let path = Array("\(daemon.layout.incoming)/".utf8) + [0xFF, 0xFE] + Array("x.yaml".utf8)
    func withPath<Value>(_ body: (UnsafePointer<CChar>) -> Value) -> Value {
      (path + [0]).withUnsafeBytes { body($0.bindMemory(to: CChar.self).baseAddress!) }
    }
    close(withPath { open($0, O_WRONLY | O_CREAT, 0o644) })
    try daemon.drop("after.yaml", Self.job)
    try await daemon.until { daemon.names(.finished).count == 2 }
    try await daemon.until { daemon.count("its name is not UTF-8; drop it under another name") == 1 }
    #expect(try await daemon.end(SIGTERM) == 0)
    try await daemon.start()
    #expect(withPath { access($0, F_OK) } == 0)
    #expect(withPath { unlink($0) } == 0)
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
