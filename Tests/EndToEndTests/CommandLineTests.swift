import DurableFiles
import Foundation
import Spooling
import Testing

@Suite("The command line")
struct CommandLineTests {
  private let folder = NSTemporaryDirectory() + "cli-\(UUID().uuidString)"

  private func withFolder(_ body: () throws -> Void) throws {
    try FileSystem().makeFolder(folder)
    defer { try? FileSystem().removeTree(folder) }
    try body()
  }

  @Test("exit statuses identify the error")
  func statuses() throws {
    try withFolder {
      try FileSystem().write("hiden: 3\n".utf8, to: "\(folder)/bad.yaml")
      let unknown = try Programs.deepspool(["train"])
      #expect(unknown.status == 64)
      #expect(unknown.errors.contains("unknown subcommand 'train'; did you mean 'run'?"))
      #expect(try Programs.deepspool(["check", "\(folder)/bad.yaml"]).status == 65)
      #expect(try Programs.deepspool(["run", "\(folder)/none.yaml"]).status == 66)
      #expect(try Programs.deepspool(["list", "--spool", folder]).status == 66)
      #expect(try Programs.deepspool(["explain", "rho"]).status == 0)
      let slip = try Programs.deepspool(["explain", "rhoo"])
      #expect(slip.status == 65 && slip.errors.contains("did you mean 'rho'?"))
      for name in ["optimizer", "solver"] {
        #expect(try Programs.deepspool(["explain", name]).output.contains("optimizer: Rule"), "\(name)")
      }
      let threads = try Programs.deepspool(["explain", "n_jobs"])
      #expect(threads.status == 65 && threads.errors.contains("the daemon's threads_per_job"))
      try SpoolDirectory(SpoolLayout(root: folder), fileSystem: FileSystem()).create()
      let submitted = try Programs.deepspool(["submit", "--spool", folder, "\(Programs.samples)/iris.yaml"])
      #expect(submitted.status == 0 && submitted.errors.contains("no daemon is running on"), "\(submitted)")
      #expect(FileSystem().exists("\(folder)/incoming/iris.yaml"))
    }
  }

  @Test(
    "numbers out of range are rejected with the range",
    arguments: [
      ["run", "x.yaml", "--threads", "0"], ["run", "x.yaml", "--threads", "-3"],
      ["run", "x.yaml", "--threads", "99999"],
      ["run", "x.yaml", "--max-memory-bytes", "0"], ["predict", "--model", "m", "--frame", "f", "--threads", "0"],
      ["predict", "--model", "m", "--frame", "f", "--deep-features", "-1"],
    ])
  func ranges(_ arguments: [String]) throws {
    let run = try Programs.deepspool(arguments)
    let option = try #require(arguments.last { $0.hasPrefix("--") })
    #expect(run.status == 64 && run.errors.contains("\(option) must be"), "\(run.errors)")
  }

  @Test("run, predict and check work without a daemon, and run does not overwrite a result")
  func runAndPredict() throws {
    try withFolder {
      let result = "\(folder)/result"
      let arguments = ["run", "\(Programs.samples)/iris.yaml", "--output", result]
      let run = try Programs.deepspool(arguments)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("logloss") && run.output.contains("result: \(result)"))
      #expect(try Programs.deepspool(arguments).status == 73)
      let predicted = try Programs.deepspool(["predict", "--model", result, "--frame", "\(Programs.samples)/iris.csv"])
      #expect(predicted.output.split(separator: "\n").count == 151)
      #expect(predicted.output.hasPrefix("predict,Iris-setosa,"))
      let foreign = try Programs.deepspool(["predict", "--model", "\(Programs.samples)/iris.csv", "--frame", "x"])
      #expect(foreign.status == 65 && foreign.errors.contains("not a deepspool model"))
      let names = try FileSystem().list(folder)
      #expect(names == ["result"])
    }
  }

  @Test("only JSON goes to standard output, messages go to standard error")
  func json() throws {
    try withFolder {
      try FileSystem().write("hiden: 3\nepochs: x\n".utf8, to: "\(folder)/bad.yaml")
      let checked = try Programs.deepspool(["check", "--json", "\(folder)/bad.yaml"])
      let faults = try JSONSerialization.jsonObject(with: Data(checked.output.utf8)) as? [[String: Any]]
      #expect(faults?.count == 4)
      #expect(faults?.first?["line"] as? Int == 1)
      let run = try Programs.deepspool(
        ["run", "\(Programs.samples)/iris.yaml", "--output", "\(folder)/result", "--json"])
      let metrics = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      #expect(metrics?["training"] != nil)
    }
  }
}
