import ArgumentParser
import DurableFiles
import Spooling
import TestSupport
import Testing
import deepspoold

@Suite("The options of deepspoold")
struct DaemonOptionsTests {
  private let folder = TemporaryFolder()

  private func file(_ text: String) throws -> String { try folder.write(text, to: "daemon.yaml") }

  @Test("options win over the environment, and the environment over the file; each value has its source")
  func precedence() throws {
    let path = try file("spool: /file\ndata_directories: [/file]\nmax_concurrent_jobs: 2\nthreads_per_job: 3\n")
    let options = try DaemonOptions.parse(["--config", path, "--data", "/a", "--data", "/b"])
    let (settings, origins) = try options.settings(environment: [
      "DEEPSPOOL_SPOOL": "/environment", "DEEPSPOOL_DATA_DIRECTORIES": "/environment",
    ])
    #expect(settings.spool == "/environment" && settings.dataDirectories == ["/a", "/b"])
    #expect(settings.maximumConcurrentJobs == 2 && settings.threadsPerJob == 3)
    #expect(origins["data_directories"] == "--data")
    #expect(origins["spool"]?.contains("DEEPSPOOL_SPOOL") == true)
    #expect(origins["max_concurrent_jobs"]?.contains(path) == true)
    let flags = try DaemonOptions.parse(["--config", path, "--spool", "/option", "--max-concurrent-jobs", "5"])
    let (given, sources) = try flags.settings(environment: ["DEEPSPOOL_SPOOL": "/environment"])
    #expect(given.spool == "/option" && given.maximumConcurrentJobs == 5)
    #expect(sources["spool"] == "--spool" && sources["max_concurrent_jobs"] == "--max-concurrent-jobs")
  }

  @Test("relative paths of options start at the current folder")
  func relative() throws {
    let path = try file("threads_per_job: 1\n")
    let (settings, _) = try DaemonOptions.parse(["--config", path, "--spool", "s", "--data", "d"])
      .settings(environment: [:])
    let current = try #require(Paths.resolved("."))
    #expect(settings.spool == "\(current)/s" && settings.dataDirectories == ["\(current)/d"])
  }

  @Test("the faults of all sources are told at once")
  func faults() throws {
    let path = try file("max_concurent_jobs: 2\nthreads_per_job: 0\n")
    let options = try DaemonOptions.parse(["--config", path])
    let error = #expect(throws: InvalidConfiguration.self) {
      try options.settings(environment: ["DEEPSPOOL_MAX_CONCURRENT_JOBS": "many"])
    }
    let problems = try #require(error?.problems)
    #expect(problems.count == 3, "\(problems)")
    #expect(problems[0].hasPrefix("\(path):1:1: ") && problems[0].contains("max_concurrent_jobs"), "\(problems)")
    #expect(problems[1].hasPrefix("\(path):2:") && problems[1].contains("threads_per_job"), "\(problems)")
    #expect(problems[2].contains("DEEPSPOOL_MAX_CONCURRENT_JOBS"), "\(problems)")
    #expect(error?.description == problems.joined(separator: "\n"))
    #expect(throws: InvalidConfiguration.self) {
      try DaemonOptions.parse(["--config", "\(folder.path)/none.yaml"]).settings(environment: [:])
    }
  }

  @Test("the number of jobs has a range", arguments: ["0", "-1", "1000000"])
  func range(_ number: String) {
    let error = #expect(throws: (any Error).self) {
      try DeepspooldCommand.parseAsRoot(["--max-concurrent-jobs", number])
    }
    guard let error else { return }
    #expect(DeepspooldCommand.exitCode(for: error).rawValue == 64)
    #expect(DeepspooldCommand.message(for: error).contains("--max-concurrent-jobs must be between 1 and "))
  }

  @Test("the daemon starts its own children as subcommands")
  func children() throws {
    func command(_ arguments: String...) throws -> String {
      "\(type(of: try DeepspooldCommand.parseAsRoot(arguments)))"
    }
    #expect(try command() == "DeepspooldCommand" && command("--check-config") == "DeepspooldCommand")
    #expect(try command("worker", "000001-a") == "WorkerCommand" && command("inspector") == "InspectorCommand")
  }
}
