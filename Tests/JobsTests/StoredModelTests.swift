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
    #expect(throws: SealedFileError.self) { try StoredModel.read("\(folder.path)/t.csv", fileSystem: FileSystem()) }
    #expect(throws: (any Error).self) { try StoredModel.read(folder.path, fileSystem: FileSystem()) }
  }
}
