import DurableFiles
import Foundation
import Glibc
import Testing

@Suite("Opening files with the rights of a user")
struct FileOpenerTests {
  private static let (stranger, reader): (UInt32, UInt32) = (61_040, 61_041)

  /// Runs `body` with the real path of an empty folder.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try #require(Paths.resolved(NSTemporaryDirectory())) + "/opener-\(UUID().uuidString)"
    try FileSystem().makeFolder(folder, mode: 0o755)
    try FileSystem().setMode(folder, 0o755)
    defer { try? FileSystem().removeTree(folder) }
    try body(folder)
  }

  private func opener(_ userID: UInt32 = stranger, below: String = "/") -> FileOpener {
    .user(UserAccess(userID: userID, groupIDs: []), below: below)
  }

  private func error(_ opener: FileOpener, _ path: String, _ kind: FileOpener.Kind = .file) -> FileSystemError? {
    do throws(FileSystemError) {
      close(try opener.open(path, kind))
      return nil
    } catch {
      return error
    }
  }

  @Test("links are refused at the end of a path and in the middle, also where the user may read the target")
  func links() throws {
    try withFolder { folder in
      try FileSystem().makeFolder("\(folder)/real", mode: 0o755)
      try FileSystem().write([1], to: "\(folder)/real/a", mode: 0o644)
      symlink("\(folder)/real", "\(folder)/linked")
      symlink("a", "\(folder)/real/link")
      for opener in [opener(), .processWithoutLinks] {
        #expect(error(opener, "\(folder)/real/a") == nil)
        #expect(error(opener, "\(folder)/linked/a")?.code == ENOTDIR)
        #expect(error(opener, "\(folder)/real/link")?.code == ELOOP)
        #expect(error(opener, "\(folder)/real/../real/a")?.isNotFound == true)
        #expect(!opener.finds("\(folder)/linked/a") && !opener.finds("\(folder)/real/link"))
      }
      #expect(error(.process, "\(folder)/linked/a") == nil)
    }
  }

  @Test("folders, pipes and devices are no files, and a pipe does not block")
  func kinds() throws {
    try withFolder { folder in
      mkfifo("\(folder)/pipe", 0o666)
      try FileSystem().setMode("\(folder)/pipe", 0o666)
      try FileSystem().write([1], to: "\(folder)/file", mode: 0o644)
      for opener in [opener(), .processWithoutLinks, .process] {
        #expect(error(opener, "\(folder)/pipe")?.code == EINVAL)
        #expect(error(opener, folder)?.code == EINVAL)
        #expect(error(opener, folder, .folder) == nil)
        #expect(error(opener, "\(folder)/file", .folder) != nil)
      }
    }
  }

  @Test("permissions above the folder to which a user is led do not matter")
  func below() throws {
    try withFolder { folder in
      try FileSystem().makeFolder("\(folder)/closed/open", mode: 0o755)
      try FileSystem().write([1], to: "\(folder)/closed/open/a", mode: 0o644)
      try FileSystem().setMode("\(folder)/closed", 0o700)
      let path = "\(folder)/closed/open/a"
      #expect(error(opener(), path)?.code == EACCES)
      #expect(error(opener(), path)?.hidden.isNotFound == true)
      #expect(!opener().finds(path))
      #expect(error(opener(below: "\(folder)/closed/open"), path) == nil)
      #expect(error(opener(below: "\(folder)/closed"), path)?.code == EACCES)
    }
  }

  @Test("a private tree can be read by one user and nobody else, also what is added later")
  func privacy() throws {
    try withFolder { folder in
      let files = FileSystem()
      try files.makeFolder("\(folder)/job/checkpoint")
      try files.write([1], to: "\(folder)/job/checkpoint/old", mode: 0o644)
      do throws(FileSystemError) {
        try files.makePrivate(tree: "\(folder)/job", for: Self.reader)
      } catch {
        guard error.isUnsupported else { throw error }
        return print("skipped: the file system has no access control lists")
      }
      try files.makeFolder("\(folder)/job/result/model")
      try files.write([1], to: "\(folder)/job/result/model/new")
      try files.write([1], to: "\(folder)/job/why")
      try files.rename("\(folder)/job/result", to: "\(folder)/result")
      for name in ["job/checkpoint/old", "job/why", "result/model/new"] {
        #expect(error(opener(Self.reader), "\(folder)/\(name)") == nil, "\(name)")
        #expect(error(opener(), "\(folder)/\(name)")?.code == EACCES, "\(name)")
        let group = UserAccess(userID: Self.stranger, groupIDs: [getegid()])
        #expect(error(.user(group, below: "/"), "\(folder)/\(name)")?.code == EACCES, "\(name)")
        #expect(error(.processWithoutLinks, "\(folder)/\(name)") == nil, "\(name)")
      }
    }
  }

  @Test("a folder that others write to: a user adds files, and replaces own ones only")
  func shared() throws {
    try withFolder { folder in
      let files = FileSystem()
      try files.setMode(folder, 0o1777)
      // The process itself owns all files; the user is known by the access control list.
      func write(_ userID: UInt32, _ name: String) throws(FileSystemError) {
        try SharedFolder(folder, opener(userID)).write([1, 2], name, files)
      }
      try write(Self.reader, "model")
      #expect(throws: FileSystemError.self) { try write(Self.stranger, "model") }
      try files.write([9], to: "\(folder)/other", mode: 0o644)
      symlink("/etc/passwd", "\(folder)/link")
      mkfifo("\(folder)/pipe", 0o666)
      for name in ["other", "link", "pipe"] {
        #expect(throws: FileSystemError.self, "\(name)") { try write(Self.reader, name) }
      }
      #expect(try files.read("\(folder)/other", limit: 9) == [9])
      #expect(try files.list(folder) == ["link", "model", "other", "pipe"])
      try files.setMode(folder, 0o755)
      #expect(throws: FileSystemError.self) { try write(Self.stranger, "new") }
    }
  }

  @Test("a user replaces an own exported file")
  func again() throws {
    try withFolder { folder in
      try FileSystem().setMode(folder, 0o1777)
      let shared = try SharedFolder(folder, opener(Self.reader))
      try shared.write([1], "model", FileSystem())
      do throws(FileSystemError) {
        try shared.write([2], "model", FileSystem())
      } catch {
        return print("skipped: the file system has no access control lists")
      }
      #expect(try FileSystem().read("\(folder)/model", limit: 9) == [2])
    }
  }
}
