import Documents
import DurableFiles
import JobFiles
import Spooling
import Testing

@Suite("The daemon's configuration")
struct DaemonConfigurationTests {
  @Test("the shipped file contains the defaults")
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

  @Test("budgets, groups and retention come from the file and the environment")
  func budgets() throws {
    var settings = DaemonConfiguration()
    let text = """
      max_memory_bytes: 5000
      min_free_bytes: 0
      groups: {nightly: 1, urgent: 3}
      keep_results_days: 0.5
      keep_history_days: 90
      submitter_must_read: false
      """
    try settings.apply(file: Array(text.utf8), path: "f")
    #expect(
      settings.limits(memoryBytes: 9)
        == QueueLimits(
          maximumRunning: 1, groups: ["nightly": 1, "urgent": 3], memoryBytes: 5000, minimumFreeBytes: 0,
          dataDirectories: ["/var/lib/deepspool/data"], threadsPerJob: 2))
    #expect(settings.retention == Retention(resultsSeconds: 43_200, historySeconds: 7_776_000))
    #expect(!settings.submitterMustRead)
    try settings.apply(environment: ["DEEPSPOOL_GROUPS": "a=2:b=1"])
    #expect(settings.groups == ["a": 2, "b": 1])
    let error = #expect(throws: DocumentError.self) { try settings.apply(environment: ["DEEPSPOOL_GROUPS": "a"]) }
    #expect(error?.description.contains("environment variable DEEPSPOOL_GROUPS") == true)
  }

  @Test(
    "by default a tenth of a small disk stays free or 64 MiB of a large one, and the machine sets the memory limit")
  func usualLimits() {
    let limits = DaemonConfiguration().limits(memoryBytes: 77)
    #expect(limits.memoryBytes == 77)
    #expect(limits.minimumFreeBytes(of: FileSystem.Space(freeBytes: 0, totalBytes: 8_000_000)) == 800_000)
    #expect(limits.minimumFreeBytes(of: FileSystem.Space(freeBytes: 0, totalBytes: .max)) == 64 << 20)
  }

  @Test(
    "errors have locations and suggestions",
    arguments: [
      ("spol: /a", "f:1:1: error: unknown key 'spol' (did you mean 'spool'?)"),
      ("max_jobs: 3", "(did you mean 'max_concurrent_jobs'?)"), ("threads: 3", "(did you mean 'threads_per_job'?)"),
      ("spool: relative", "f:1:8: error: spool: must be an absolute path"),
      ("threads_per_job: 0", "must be between 1 and 1024"),
      ("stop_grace_seconds: -1", "must be a number of seconds above 0, at most a day"),
      ("max_memory_bytes: 0", "must be a number of bytes of at least 1, found 0"),
      (
        "max_memory_bytes: 40MB",
        "max_memory_bytes: expected a number of bytes without a unit, found '40MB'; write 40000000"
      ),
      ("stop_grace_seconds: 2 min", "found '2 min'; write 120"), ("keep_results_days: '1w'", "write 7"),
      ("min_free_bytes: -1", "must be a number of bytes of at least 0, found -1"),
      ("keep_results_days: 0", "must be a number of days above 0; leave it out to keep everything"),
      ("groups: [a]", "groups: expected a block of names, each with a number of jobs, found a list"),
      ("results_group: submiter", "(did you mean 'submitter'?)"),
      ("groups: {a: 0}", "f:1:13: error: groups: must be between 1 and 1024"),
      ("- a", "a configuration consists of"),
    ])
  func faults(_ text: String, _ expected: String) {
    var settings = DaemonConfiguration()
    let error = #expect(throws: DocumentError.self) { try settings.apply(file: Array(text.utf8), path: "f") }
    #expect(error?.description.contains(expected) == true)
  }

  @Test("all errors of the file and of the environment are reported at once, in order")
  func allFaults() {
    var settings = DaemonConfiguration()
    let text = "threads_per_job: 0\nspol: /a\nspool: b\nmax_concurrent_jobs: two\n"
    let error = #expect(throws: DocumentError.self) { try settings.apply(file: Array(text.utf8), path: "f") }
    #expect(error?.faults.map(\.location.line) == [1, 2, 3, 4])
    let environment = ["DEEPSPOOL_THREADS_PER_JOB": "0", "DEEPSPOOL_SPOOL": "b"]
    let other = #expect(throws: DocumentError.self) { try settings.apply(environment: environment) }
    #expect(Set(other?.faults.map(\.key) ?? []) == ["threads_per_job", "spool"])
  }

  @Test("each setting is listed with the place that it comes from, in the form of a configuration file")
  func origins() throws {
    var settings = DaemonConfiguration()
    var origins = try settings.apply(file: Array("threads_per_job: 7\ngroups: {a: 2}\n".utf8), path: "f")
    origins.merge(try settings.apply(environment: ["DEEPSPOOL_DATA_DIRECTORIES": "/a:/b"])) { $1 }
    let text = settings.text(
      origins, memoryBytes: 5_000_000_000, space: .init(freeBytes: 100_000_000, totalBytes: 200_000_000))
    func line(_ key: String) -> String? {
      text.split(separator: "\n").first { $0.hasPrefix("\(key):") }.map { line in
        line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
      }
    }
    #expect(line("threads_per_job") == "threads_per_job: 7 # f:1:1")
    #expect(
      line("data_directories") == "data_directories: [/a, /b] # environment variable DEEPSPOOL_DATA_DIRECTORIES")
    #expect(line("max_concurrent_jobs") == "max_concurrent_jobs: 1 # default")
    #expect(line("max_memory_bytes") == "max_memory_bytes: null # default: 5000000000 (5.0 GB)")
    #expect(line("min_free_bytes") == "min_free_bytes: null # default: 20000000 (20.0 MB)")
    var again = DaemonConfiguration()
    try again.apply(file: Array(text.utf8), path: "g")
    #expect(again == settings)
  }

  @Test(
    "clients find the spool in a file with any fault elsewhere",
    arguments: [
      ("spool: /s\nmax_concurrent_jobs: none\nspol: 1\n", "/s"), ("{spool: /s, x: [}", nil),
      ("a: [\nspool: /s # here\nb: }\n", "/s"), ("{spool: /s, groups: 3}", "/s"), ("", nil), ("- a", nil),
      ("  spool: /nested\n x: ]", nil), ("spool: null\n", nil), ("max_concurrent_jobs: 2\n", nil),
    ])
  func clients(_ text: String, _ expected: String?) throws {
    #expect(try SpoolPath.find(inFile: Array(text.utf8), path: "f") == expected)
  }

  @Test("clients report a fault of the spool's path itself, and ignore other variables")
  func clientFaults() throws {
    let error = #expect(throws: DocumentError.self) {
      try SpoolPath.find(inFile: Array("spool: s\n".utf8), path: "f")
    }
    #expect(error?.description == "f:1:8: error: spool: must be an absolute path, found s")
    let environment = ["DEEPSPOOL_SPOOL": "/e", "DEEPSPOOL_MAX_CONCURRENT_JOBS": "none"]
    #expect(try SpoolPath.find(inEnvironment: environment) == "/e")
    #expect(throws: DocumentError.self) { try SpoolPath.find(inEnvironment: ["DEEPSPOOL_SPOOL": "e"]) }
  }

  @Test("a reload applies everything except the spool, which is opened at startup")
  func reload() throws {
    var new = DaemonConfiguration()
    let text = "spool: /other\ndata_directories: [/d]\nexport_directories: [/e]\nthreads_per_job: 7\n"
    try new.apply(file: Array(text.utf8), path: "f")
    let (next, hasFrozenChanges) = DaemonConfiguration().reloaded(new)
    #expect(hasFrozenChanges && next.threadsPerJob == 7)
    #expect(next.spool == DaemonConfiguration().spool)
    #expect(next.dataDirectories == ["/d"] && next.exportDirectories == ["/e"])
    var same = DaemonConfiguration()
    try same.apply(file: Array("threads_per_job: 7\n".utf8), path: "f")
    #expect(!DaemonConfiguration().reloaded(same).hasFrozenChanges)
  }
}
