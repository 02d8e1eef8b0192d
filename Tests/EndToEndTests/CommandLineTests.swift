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
      let part = try Programs.deepspool(["explain", "lerning"])
      #expect(part.status == 65 && part.errors.contains("did you mean 'learning_rate' (here: rate) or "), "\(part)")
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

  @Test("files that a user names follow the umask, and errors name them as the user does")
  func outputs() throws {
    try withFolder {
      let run = try Programs.run(
        "/bin/sh",
        [
          "-c",
          """
          umask 022; set -e; cd '\(folder)'
          for seed in 1 2; do
            '\(Programs.folder)/deepspool' run '\(Programs.samples)/iris.yaml' --output result$seed
          done
          '\(Programs.folder)/deepspool' predict --model result1 --frame '\(Programs.samples)/iris.csv' --output p.csv
          '\(Programs.folder)/deepspool' compare result1 result2 --html c.html
          '\(Programs.folder)/deepspool' export --model result1 --format onnx --output m.onnx
          '\(Programs.folder)/deepspool' init '\(Programs.samples)/iris.csv' --output j.yaml
          """,
        ])
      #expect(run.status == 0, "\(run)")
      for name in ["p.csv", "c.html", "m.onnx", "j.yaml", "result1/report.html", "result1/metrics.json"] {
        #expect(try FileSystem().status("\(folder)/\(name)").mode & 0o777 == 0o644, "\(name)")
      }
      #expect(try FileSystem().status("\(folder)/result1").mode & 0o777 == 0o755)
      func predicted(_ output: String) throws -> (output: String, errors: String, status: Int32) {
        try Programs.deepspool([
          "predict", "--model", "\(folder)/result1", "--frame", "\(Programs.samples)/iris.csv", "--output", output,
        ])
      }
      let lost = try predicted("\(folder)/none/p.csv")
      let message = "cannot create '\(folder)/none/p.csv': the folder '\(folder)/none' does not exist\n"
      #expect(lost.status == 73 && lost.errors == message, "\(lost)")
      let taken = try predicted("\(folder)/result1")
      #expect(taken.status == 73 && taken.errors.contains("it is a folder; name a file in it"), "\(taken)")
      let device = try predicted("/dev/null")
      #expect(device.status == 73 && device.errors.contains("redirect standard output"), "\(device)")
    }
  }
}
