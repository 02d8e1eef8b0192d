import DurableFiles
import Jobs
import Models
import TestSupport
import Testing

@Suite("Stored models")
struct StoredModelTests {
  @Test("a MOJO is recognised by its content, not its name")
  func mojo() throws {
    let folder = TemporaryFolder()
    let bytes = try FileSystem().read("\(Repository.support)/parity/mojo/multi.zip", limit: 1 << 20)
    try FileSystem().write(bytes, to: "\(folder.path)/model.bin")
    let stored = try StoredModel.read("\(folder.path)/model.bin", fileSystem: FileSystem())
    #expect(stored.name == "model.bin")
    #expect(stored.model == (try FixtureModel("multi").model))
  }

  @Test("a file that is not a model, and a folder without one, are refused")
  func foreign() throws {
    let folder = TemporaryFolder()
    try FileSystem().write("x,y\n1,2\n".utf8, to: "\(folder.path)/t.csv")
    let table = "\(folder.path)/t.csv"
    for read in [{ _ = try StoredModel.read($0, fileSystem: $1) }, { _ = try ModelFile.read($0, fileSystem: $1) }] {
      #expect(throws: NoModel.file(path: table, .foreign(expected: .model))) { try read(table, FileSystem()) }
      #expect(throws: NoModel.folder(path: folder.path)) { try read(folder.path, FileSystem()) }
      #expect(throws: FileSystemError.self) { try read("\(folder.path)/none", FileSystem()) }
    }
    #expect(NoModel.file(path: "t.csv", .foreign(expected: .model)).description.hasPrefix("'t.csv': this is not a "))
  }
}
