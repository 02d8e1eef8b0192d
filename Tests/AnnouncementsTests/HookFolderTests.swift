import Announcements
import DurableFiles
import Foundation
import Glibc
import Testing

@Suite("The folder of hooks")
struct HookFolderTests {
  private let path = NSTemporaryDirectory() + "hooks-\(UUID().uuidString)"
  private var folder: HookFolder { HookFolder(path, FileSystem()) }

  private func add(_ name: String, mode: UInt32) throws {
    try FileSystem().write([], to: "\(path)/\(name)")
    try FileSystem().setMode("\(path)/\(name)", mode)
  }

  @Test("executables run in order of their names; other files and those of editors and packages are left alone")
  func order() throws {
    try FileSystem().makeFolder(path)
    defer { try? FileSystem().removeTree(path) }
    for name in ["20-b", "10-a", "10-a~", ".hidden", "30-c.dpkg-old"] { try add(name, mode: 0o755) }
    try add("README", mode: 0o644)
    #expect(folder.content() == HookFolder.Content(hooks: ["\(path)/10-a", "\(path)/20-b"]))
    #expect(folder.hasHooks)
  }

  @Test("a script that is not executable is told")
  func script() throws {
    try FileSystem().makeFolder(path)
    defer { try? FileSystem().removeTree(path) }
    try FileSystem().write("#!/bin/sh\n".utf8, to: "\(path)/10-a")
    try FileSystem().setMode("\(path)/10-a", 0o644)
    let content = folder.content()
    #expect(content.hooks.isEmpty)
    #expect(content.problems.count == 1)
    #expect(content.problems.first?.hasPrefix("'\(path)/10-a' was not run: it is not executable (chmod +x;") == true)
  }

  @Test("what others can write to, links and folders do not run, and the reason is told")
  func unsafe() throws {
    try FileSystem().makeFolder(path)
    defer { try? FileSystem().removeTree(path) }
    try add("group", mode: 0o775)
    try FileSystem().makeFolder("\(path)/inner")
    symlink("/bin/true", "\(path)/link")
    let content = folder.content()
    #expect(content.hooks.isEmpty)
    #expect(content.problems.count == 3)
    #expect(content.problems.first?.hasSuffix("its group or everyone may write to it (chmod go-w)") == true)
    try add("safe", mode: 0o755)
    try FileSystem().setMode(path, 0o777)
    #expect(folder.content().hooks.isEmpty)
  }

  @Test("a hook of another user does not run")
  func owner() throws {
    guard geteuid() == 0 else { return print("skipped: needs root to create files of another user") }
    try FileSystem().makeFolder(path)
    defer { try? FileSystem().removeTree(path) }
    try add("foreign", mode: 0o755)
    chown("\(path)/foreign", 61_010, 61_010)
    #expect(folder.content().hooks.isEmpty)
    #expect(folder.content().problems.first?.contains("does not belong to root") == true)
  }

  @Test("a missing folder has no hooks and no problem")
  func missing() {
    #expect(folder.content() == HookFolder.Content())
    #expect(!folder.hasHooks)
  }
}
