import DataFrames
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite("Opening tables")
struct OpenerTests {
  private let folder = TemporaryFolder()

  /// The paths that an opener was asked for.
  private final class Asked: Sendable {
    let paths = Mutex<[String]>([])
  }

  @Test("every file of a table is opened by the opener, also the files of a folder")
  func every() throws {
    for (name, text) in [("t.csv", "x,y\n1,2\n"), ("parts/a.csv", "x,y\n3,4\n"), ("parts/b.csv", "x,y\n5,6\n")] {
      let path = URL(fileURLWithPath: "\(folder.path)/\(name)")
      try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: path)
    }
    let asked = Asked()
    var options = ReadOptions()
    options.opener = TableOpener { path, kind in
      asked.paths.withLock { $0.append(path.replacing("\(folder.path)/", with: "")) }
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | (kind == .folder ? O_DIRECTORY : 0))
      return descriptor < 0 ? -errno : descriptor
    }
    let files = ["t.csv", "parts"].map { (path: "\(folder.path)/\($0)", name: $0) }
    #expect(try FrameReader.read(files, options: options).rowCount == 3)
    #expect(Set(asked.paths.withLock { $0 }) == ["t.csv", "parts", "parts/a.csv", "parts/b.csv"])
    #expect(try FrameEstimate.of(files, options: options).rowCount == 3)
  }

  @Test(
    "errors of the opener are those of the table",
    arguments: [
      (ENOENT, FrameError.missing(path: "t")), (EAGAIN, .inUse(path: "t")),
      (EINVAL, .unreadable(path: "t", reason: "it is not a regular file")),
      (EACCES, .unreadable(path: "t", reason: "Permission denied")),
    ])
  func errors(code: Int32, error: FrameError) {
    var options = ReadOptions()
    options.opener = TableOpener { _, _ in -code }
    #expect(throws: error) { try FrameReader.read("/t", name: "t", options: options) }
  }

  @Test("the nearest file beside a missing one is named, as the path was spelt")
  func nearMiss() throws {
    let folder = TemporaryFolder()
    _ = try folder.write("x\n1\n", to: "flowers.csv")
    let error = FrameError.missing(path: "data/flower.csv", nearest: "data/flowers.csv")
    #expect(throws: error) {
      try FrameReader.read("\(folder.path)/flower.csv", name: "data/flower.csv", options: ReadOptions())
    }
    #expect("\(error)" == "cannot read 'data/flower.csv': No such file or directory (did you mean 'data/flowers.csv'?)")
    #expect(throws: FrameError.missing(path: "trees.csv")) {
      try FrameReader.read("\(folder.path)/trees.csv", name: "trees.csv", options: ReadOptions())
    }
  }
}
