import DataFrames
import Foundation
import Glibc
import Testing

@Suite("Symbolic links in the path of a table")
struct LinkTests {
  @Test("a link that appears after the path was checked is refused, also in the middle of the path")
  func links() throws {
    let root =
      URL(fileURLWithPath: NSTemporaryDirectory()).resolvingSymlinksInPath().path + "/links-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: "\(root)/real", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: root) }
    try Data("x,y\n1,2\n".utf8).write(to: URL(fileURLWithPath: "\(root)/real/a.csv"))
    symlink("\(root)/real", "\(root)/linked")
    symlink("\(root)/real/a.csv", "\(root)/link.csv")
    var options = ReadOptions()
    #expect(try FrameReader.read("\(root)/linked/a.csv", options: options).rowCount == 1)
    options.followsLinks = false
    #expect(try FrameReader.read("\(root)/real/a.csv", options: options).rowCount == 1)
    for path in ["linked/a.csv", "link.csv"] {
      #expect(throws: FrameError.unreadable(path: "\(root)/\(path)", reason: "Too many levels of symbolic links")) {
        try FrameReader.read("\(root)/\(path)", options: options)
      }
    }
  }
}
