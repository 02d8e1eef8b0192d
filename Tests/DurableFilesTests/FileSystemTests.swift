import DurableFiles
import Foundation
import Glibc
import Testing

@Suite("Durable files")
struct FileSystemTests {
  private let fileSystem = FileSystem()

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "durable-\(UUID().uuidString)"
    try fileSystem.makeFolder(folder)
    defer { try? fileSystem.removeTree(folder) }
    try body(folder)
  }

  @Test("a written file has its content, and no temporary file remains")
  func write() throws {
    try withFolder { folder in
      try fileSystem.write("one".utf8, to: "\(folder)/a")
      try fileSystem.write("two!".utf8, to: "\(folder)/a")
      #expect(try fileSystem.read("\(folder)/a", limit: 100) == Array("two!".utf8))
      #expect(try fileSystem.list(folder) == ["a"])
    }
  }

  @Test("reading rejects links, folders, pipes and files above the limit")
  func readRefuses() throws {
    try withFolder { folder in
      try fileSystem.write("12345".utf8, to: "\(folder)/file")
      symlink("\(folder)/file", "\(folder)/link")
      mkfifo("\(folder)/pipe", 0o600)
      for (name, limit) in [("link", 100), ("pipe", 100), (".", 100), ("file", 4), ("nothing", 100)] {
        #expect(throws: FileSystemError.self) { try fileSystem.read("\(folder)/\(name)", limit: limit) }
      }
    }
  }

  @Test("removing a tree removes links but not their targets")
  func removeTree() throws {
    try withFolder { folder in
      try fileSystem.makeFolder("\(folder)/tree/deep")
      try fileSystem.write("x".utf8, to: "\(folder)/kept")
      symlink("\(folder)/kept", "\(folder)/tree/deep/link")
      try fileSystem.removeTree("\(folder)/tree")
      #expect(try fileSystem.list(folder) == ["kept"])
    }
  }

  @Test("an open writer is detected until it closes the file")
  func writers() throws {
    try withFolder { folder in
      let path = "\(folder)/a"
      try fileSystem.write("x".utf8, to: path)
      #expect(fileSystem.hasWriter(path) == false)
      let handle = try #require(FileHandle(forWritingAtPath: path))
      #expect(fileSystem.hasWriter(path) == true)
      try handle.close()
      #expect(fileSystem.hasWriter(path) == false)
    }
  }

  @Test("errors name operation, path and the system's reason")
  func errors() {
    let error = #expect(throws: FileSystemError.self) { try fileSystem.rename("/nowhere/a", to: "/nowhere/b") }
    #expect(error?.description == "cannot rename '/nowhere/a' to '/nowhere/b': No such file or directory")
  }

  @Test("a file that cannot be written is named as it was asked for, with what its folder lacks")
  func creation() throws {
    try withFolder { folder in
      func message(_ path: String) -> String? {
        let error = #expect(throws: FileSystemError.self) { try fileSystem.write("x".utf8, to: path) }
        return error?.description
      }
      #expect(
        message("\(folder)/none/a") == "cannot create '\(folder)/none/a': the folder '\(folder)/none' does not exist")
      try fileSystem.write("x".utf8, to: "\(folder)/file")
      #expect(message("\(folder)/file/a") == "cannot create '\(folder)/file/a': '\(folder)/file' is not a folder")
      try fileSystem.makeFolder("\(folder)/taken")
      #expect(message("\(folder)/taken") == "cannot replace '\(folder)/taken': Is a directory")
      let full = FileSystem { $0.operation == .write ? ENOSPC : nil }
      let error = #expect(throws: FileSystemError.self) { try full.write("x".utf8, to: "\(folder)/b") }
      #expect(error?.description == "cannot write '\(folder)/b': No space left on device")
      #expect(Set(try fileSystem.list(folder)) == ["file", "taken"])
    }
  }

  @Test("new files and folders of the spool are for the group; those of a user follow the umask")
  func permissions() throws {
    try withFolder { folder in
      let mask = umask(0o022)
      defer { umask(mask) }
      for (fileSystem, file, directory) in [
        (FileSystem(), UInt32(0o640), UInt32(0o750)), (FileSystem(permissions: .umask), 0o644, 0o755),
      ] {
        try fileSystem.write("x".utf8, to: "\(folder)/file")
        try fileSystem.append(line: "x", to: "\(folder)/log")
        try fileSystem.makeFolder("\(folder)/directory")
        for name in ["file", "log"] {
          #expect(try fileSystem.status("\(folder)/\(name)").mode & 0o777 == file, "\(name)")
        }
        #expect(try fileSystem.status("\(folder)/directory").mode & 0o777 == directory)
        for name in ["file", "log", "directory"] { try fileSystem.removeTree("\(folder)/\(name)") }
      }
    }
  }

  @Test(
    "paths are split into name, folder, stem and extension",
    arguments: [("/a/b.c.yaml", "b.c.yaml", "/a", "b.c", "yaml"), ("x", "x", ".", "x", "")])
  func paths(_ path: String, _ name: String, _ folder: String, _ stem: String, _ ending: String) {
    #expect(Paths.name(of: path) == name)
    #expect(Paths.folder(of: path) == folder)
    #expect(Paths.stem(of: path) == stem)
    #expect(Paths.fileExtension(of: path) == ending)
  }

  @Test("a file that its writer has marked counts as complete until it changes, also after a rename")
  func completionMark() throws {
    try withFolder { folder in
      let (path, moved) = ("\(folder)/job.yaml", "\(folder)/moved.yaml")
      let writer = try fileSystem.writer(path)
      try writer.append("a: 1\n")
      try writer.markComplete()
      try writer.finish()
      guard fileSystem.isMarkedComplete(path) else { return print("skipped: no extended attributes") }
      try fileSystem.rename(path, to: moved)
      #expect(fileSystem.isMarkedComplete(moved))
      let descriptor = open(moved, O_WRONLY | O_APPEND)
      #expect(Glibc.write(descriptor, "b", 1) == 1)
      close(descriptor)
      #expect(!fileSystem.isMarkedComplete(moved) && !fileSystem.isMarkedComplete(folder))
      try fileSystem.write("a: 1\n".utf8, to: path)
      #expect(!fileSystem.isMarkedComplete(path))
    }
  }
}
