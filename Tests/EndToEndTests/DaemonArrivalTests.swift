import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// Dropped files as a daemon sees them that may not open the files of others.
@Suite("Arrivals at an unprivileged daemon")
struct DaemonArrivalTests {
  private static let (daemonUser, submitter): (UInt32, UInt32) = (61_001, 61_002)
  private static let job = """
    training_frame: iris.csv
    response_column: Species
    hidden: [4]
    epochs: 1

    """

  /// A daemon with a user of its own, and a folder on the same disk in which files are prepared; nil without root.
  private final class Stage {
    let root: String
    let daemon: Daemon

    init?() throws {
      let user = "\(daemonUser)"
      let probe = try? Programs.run(
        "/usr/bin/setpriv",
        ["--reuid", user, "--regid", user, "--clear-groups", "\(Programs.folder)/deepspoold", "--version"])
      guard probe?.status == 0 else {
        print("skipped: needs root, and programs that every user may run")
        return nil
      }
      root = NSTemporaryDirectory() + "arrivals-\(UUID().uuidString)"
      for folder in [root, "\(root)/data", "\(root)/spool"] {
        try FileSystem().makeFolder(folder)
        try FileSystem().setMode(folder, 0o755)
      }
      try FileManager.default.copyItem(atPath: "\(Programs.samples)/iris.csv", toPath: "\(root)/data/iris.csv")
      try FileSystem().setMode("\(root)/data/iris.csv", 0o644)
      chown("\(root)/spool", daemonUser, daemonUser)
      daemon = Daemon(spool: "\(root)/spool", data: "\(root)/data", userID: daemonUser)
    }

    deinit { try? FileSystem().removeTree(root) }

    var incoming: String { daemon.layout.incoming }

    /// Opens a new file of the submitter for writing.
    func create(_ path: String) throws -> FileHandle {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      try #require(descriptor >= 0)
      fchown(descriptor, submitter, submitter)
      return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Drops a complete file by rename.
    func drop(_ name: String) throws {
      let file = try create("\(root)/\(name)")
      try file.write(contentsOf: Data(job.utf8))
      try file.close()
      try FileSystem().rename("\(root)/\(name)", to: "\(incoming)/\(name)")
    }
  }

  @Test("a table that only its owner may read is refused with what lets the service read it")
  func unreadableTable() async throws {
    guard let stage = try Stage() else { return }
    let (daemon, table) = (stage.daemon, "\(stage.root)/data/iris.csv")
    try FileSystem().setMode(table, 0o600)
    chown(table, Self.submitter, Self.submitter)
    try await daemon.start()
    try stage.drop("private.yaml")
    let path = "\(daemon.layout.rejected)/private.why"
    try await daemon.until { FileSystem().exists(path) }
    let why = String(decoding: try FileSystem().read(path, limit: 1 << 20), as: UTF8.self)
    #expect(why.contains("you may read it, but the service may not") && why.contains("chmod g+r"), "\(why)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a file whose writer pauses while the daemon starts is taken when it is closed, with all of its lines")
  func pausingWriter() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    #expect(try await daemon.end(SIGTERM) == 0)
    let file = try stage.create("\(stage.incoming)/slow.yaml")
    // A document that ends in a line waits ten minutes, which even a busy machine does not reach.
    try file.write(contentsOf: Data((Self.job + "se").utf8))
    try file.synchronize()
    try await daemon.start()
    // Longer than the time after which a file is taken whose writers the daemon can see.
    try await Task.sleep(for: .seconds(2 * SettlingFiles.quietSeconds))
    try stage.drop("after.yaml")
    try await daemon.until { daemon.names(.finished) == ["000001-after"] }
    #expect(try FileSystem().list(stage.incoming) == ["slow.yaml"])
    try file.write(contentsOf: Data("ed: 7\n".utf8))
    try file.close()
    try await daemon.until { daemon.names(.finished).count == 2 }
    let text = try FileSystem().read("\(daemon.layout.folder(.finished))/000002-slow/job.yaml", limit: 1000)
    #expect(String(decoding: text, as: UTF8.self) == Self.job + "seed: 7\n")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a file that was submitted without a daemon is taken soon after its start, another one after a minute")
  func submittedBefore() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    #expect(try await daemon.end(SIGTERM) == 0)
    let file = "\(stage.root)/a.yaml"
    try FileSystem().write(Self.job.utf8, to: file)
    try Programs.deepspool(["submit", "--no-data", "--spool", daemon.layout.root, file])
    guard FileSystem().isMarkedComplete("\(stage.incoming)/a.yaml") else {
      return print("skipped: no extended attributes")
    }
    try stage.drop("b.yaml")
    try await daemon.start()
    try await daemon.until { daemon.names(.finished) == ["000001-a"] }
    #expect(try FileSystem().list(stage.incoming) == ["b.yaml"])
    let why = try Programs.deepspool(["why", "--spool", daemon.layout.root, "b"])
    #expect(why.output.contains("is taken once it has not changed for a minute"), "\(why)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a writable folder in incoming is neither moved nor reported again and again, and jobs run")
  func folder() async throws {
    guard let stage = try Stage() else { return }
    let daemon = stage.daemon
    try await daemon.start()
    let folder = "\(stage.incoming)/folder.yaml"
    try FileSystem().makeFolder("\(folder)/sub")
    for path in [folder, "\(folder)/sub"] { chown(path, Self.submitter, Self.submitter) }
    try FileSystem().setMode(folder, 0o777)
    try FileSystem().setMode("\(folder)/sub", 0o755)
    for number in 1...2 {
      try stage.drop("a\(number).yaml")
      try await daemon.until { daemon.names(.finished).count == number }
    }
    #expect(try await daemon.end(SIGTERM) == 0)
    try await daemon.start()
    try stage.drop("a3.yaml")
    try await daemon.until { daemon.names(.finished).count == 3 }
    #expect(FileSystem().exists("\(folder)/sub"))
    #expect(try FileSystem().list(daemon.layout.rejected) == ["folder.why"])
    #expect(daemon.count("this is a folder; drop the job file itself") == 1)
    #expect(daemon.count("error: ") == 0)
    #expect(try await daemon.end(SIGTERM) == 0)
  }
}
