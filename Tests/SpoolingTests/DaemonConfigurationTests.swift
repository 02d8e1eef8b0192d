import DurableFiles
import JobFiles
import Spooling
import Testing

@Suite("The daemon's configuration")
struct DaemonConfigurationTests {
  @Test("the shipped file holds the defaults")
  func shippedFile() throws {
    let root = Paths.folder(of: Paths.folder(of: Paths.folder(of: #filePath)))
    let bytes = try FileSystem().read("\(root)/Config/deepspoold.yaml", limit: 1 << 20)
    var settings = DaemonConfiguration()
    try settings.apply(file: bytes, path: "deepspoold.yaml")
    #expect(settings == DaemonConfiguration())
  }

  @Test("the environment overrides the file")
  func environment() throws {
    var settings = DaemonConfiguration()
    try settings.apply(file: Array("max_concurrent_jobs: 3\n".utf8), path: "f")
    try settings.apply(environment: [
      "DEEPSPOOL_MAX_CONCURRENT_JOBS": "5", "DEEPSPOOL_DATA_DIRECTORIES": "/a:/b", "DEEPSPOOL_SPOOL": "/s",
    ])
    #expect(settings.maximumConcurrentJobs == 5)
    #expect(settings.dataDirectories == ["/a", "/b"])
    #expect(settings.spool == "/s")
  }

  @Test(
    "faults have places and repairs",
    arguments: [
      ("spol: /a", "f:1:1: error: unknown key 'spol' (did you mean 'spool'?)"),
      ("spool: relative", "f:1:8: error: spool: must be an absolute path"),
      ("threads_per_job: 0", "must be between 1 and 1024"),
      ("stop_grace_seconds: -1", "must be a number of seconds above 0, at most a day"),
      ("- a", "the configuration is a list of"),
    ])
  func faults(_ text: String, _ expected: String) {
    var settings = DaemonConfiguration()
    let error = #expect(throws: JobFileError.self) { try settings.apply(file: Array(text.utf8), path: "f") }
    #expect(error?.description.contains(expected) == true)
  }
}
