import DurableFiles
import Foundation
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

  @Test(
    "paths are split into name, folder, stem and extension",
    arguments: [("/a/b.c.yaml", "b.c.yaml", "/a", "b.c", "yaml"), ("x", "x", ".", "x", "")])
  func paths(_ path: String, _ name: String, _ folder: String, _ stem: String, _ ending: String) {
    #expect(Paths.name(of: path) == name)
    #expect(Paths.folder(of: path) == folder)
    #expect(Paths.stem(of: path) == stem)
    #expect(Paths.fileExtension(of: path) == ending)
  }
}
