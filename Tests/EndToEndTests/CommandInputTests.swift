import DurableFiles
import Foundation
import Glibc
import TestSupport
import Testing

/// Files that a command reads: it does not overwrite them, and it says what they are if they are something else.
@Suite("The inputs of commands", .serialized)
struct CommandInputTests {
  private typealias Run = (output: String, errors: String, status: Int32)

  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }

  private func file(_ name: String, _ text: String) throws -> String { try temporary.write(text, to: name) }

  /// Trains a model and returns its result folder.
  private func trained() throws -> String {
    let run = try Programs.deepspool(["run", try file("w.yaml", Programs.irisJob)])
    try #require(run.status == 0, "\(run)")
    return "\(folder)/w-result"
  }

  private func table() throws -> String {
    let path = "\(folder)/p.csv"
    try FileSystem().write(FileSystem().read("\(Programs.samples)/iris.csv", limit: 1 << 20), to: path)
    return path
  }

  @Test("predict does not write over its table, its model or other inputs, however the file is spelt")
  func predictions() throws {
    let (result, table) = (try trained(), try table())
    let before = try FileSystem().read(table, limit: 1 << 20)
    symlink(table, "\(folder)/link.csv")
    link(table, "\(folder)/hard.csv")
    func predict(_ output: String, _ more: String...) throws -> Run {
      try Programs.deepspool(["predict", "--model", result, "--frame", table, "--output", output] + more)
    }
    for name in ["p.csv", "./p.csv", "link.csv", "hard.csv", "w-result/../p.csv"] {
      let run = try predict("\(folder)/\(name)")
      let message = "--output '\(folder)/\(name)' is the table of --frame; choose another file\n"
      #expect(run.status == 64 && run.errors == message, "\(run)")
    }
    for (name, reason) in [
      ("w-result/model/model.deepspool", "lies in the result folder of --model"),
      ("w-result/metrics.json", "lies in the result folder of --model"),
      ("w-result/new.csv", "choose a place outside it"),
    ] {
      let run = try predict("\(folder)/\(name)")
      #expect(run.status == 64 && run.errors.contains(reason), "\(run)")
    }
    let like = try predict("\(folder)/w.yaml", "--read-like", "\(folder)/w.yaml", "--json")
    #expect(like.status == 64 && like.errors.contains("is the job file of --read-like"), "\(like)")
    #expect(try JSONSchema("error").faults(of: like.errors) == [], "\(like)")
    let background = try predict("\(folder)/hard.csv", "--contributions", "--background", table)
    #expect(background.status == 64, "\(background)")
    #expect(try FileSystem().read(table, limit: 1 << 20) == before)
    let redirected = try Programs.run(
      "/bin/sh",
      [
        "-c", "'\(Programs.folder)/deepspool' predict --model '\(result)' --frame - --output '\(table)' < '\(table)'",
      ])
    #expect(redirected.status == 64, "\(redirected)")
    #expect(try predict("\(folder)/out.csv").status == 0)
    #expect(try predict("\(folder)/out.csv").status == 0, "an earlier output is replaced")
  }

  @Test("export, compare, init and run do not write over what they read")
  func others() throws {
    let (result, table) = (try trained(), try table())
    func refused(_ arguments: [String], _ text: String) throws {
      let run = try Programs.deepspool(arguments)
      #expect(run.status == 64 && run.errors.contains(text), "\(arguments): \(run)")
    }
    let export = ["export", "--model", result, "--format", "onnx"]
    try refused(export + ["--check", table, "--output", table], "is the table of --check")
    try refused(export + ["--output", "\(result)/model/model.deepspool"], "lies in ")
    let file = "\(result)/model/model.deepspool"
    try refused(["export", "--model", file, "--format", "mojo", "--output", file], "is the model of --model")
    try refused(
      ["export", "--model", file, "--format", "mojo", "--output", "\(result)/metrics.json"],
      "lies in the result folder of --model")
    let page = "\(result)/report.html"
    try refused(["compare", result, result, "--html", page], "--html '\(page)' lies in the result '\(result)'")
    try refused(["init", table, "--output", table, "--force"], "is the table; choose another file")
    try FileSystem().makeFolder("\(folder)/parts")
    try FileSystem().rename(table, to: "\(folder)/parts/1.csv")
    try refused(["init", "\(folder)/parts", "--output", "\(folder)/parts/job.yaml"], "lies in the table")
    // The table of the job is in the result that would be replaced.
    let again = try self.file(
      "again.yaml", Programs.irisJob.replacing("\(Programs.samples)/iris.csv", with: "w-result/in.csv"))
    try FileSystem().rename("\(folder)/parts/1.csv", to: "\(result)/in.csv")
    try refused(["run", again, "--output", result, "--force"], "in which 'w-result/in.csv' lies")
    #expect(FileSystem().exists("\(result)/in.csv"))
  }

  @Test("folders, pipes, tables and foreign files are named where a job or a model is expected")
  func foreign() throws {
    let table = try table()
    func said(_ arguments: String..., text: String) throws {
      let run = try Programs.deepspool(arguments)
      #expect(run.status == 65 && run.errors.contains(text), "\(arguments): \(run)")
    }
    for command in ["run", "check"] {
      try said(command, folder, text: "'\(folder)' is a folder; name a job file")
      try said(command, "/dev/null", text: "'/dev/null' is not a regular file")
    }
    for model in [folder, "\(folder)/"] {
      try said("predict", "--model", model, "--frame", table, text: "'\(folder)' is a folder without a model")
    }
    try said("export", "--model", folder, "--format", "mojo", "--output", "x", text: "is a folder without a model")
    try said("predict", "--model", table, "--frame", table, text: "'\(table)': this is not a deepspool model")
    let job = try file("w.yaml", Programs.irisJob)
    try said(
      "describe", job, text: "is a job file, not a table; to describe its table: deepspool describe --job \(job)")
    try said("init", job, text: "is a job file, not a table")
    let rows = try file("rows.yaml", "a,b\n1,2\n3,4\n")
    #expect(try Programs.deepspool(["describe", rows]).status == 0)
    // A table that is longer than any job file is told by its name.
    let long = try file("long.csv", "a,b\n")
    #expect(truncate(long, 1 << 30) == 0)
    try said("run", long, text: "this is a table, not a job file")
  }

  @Test("a foreign folder in the place of the result is named at once, with what to do")
  func foreignResult() throws {
    let job = try file("w.yaml", Programs.irisJob)
    try FileSystem().makeFolder("\(folder)/w-result")
    for options in [[], ["--force"]] {
      let run = try Programs.deepspool(["run", job] + options)
      #expect(run.status == 73 && run.errors.contains("is not a result folder"), "\(run)")
      #expect(run.errors.contains("rename it, or choose another --output"), "\(run)")
    }
  }

  @Test("a comparison names the lack of common held-out metrics, and shows what the job files set")
  func comparison() throws {
    for (name, more) in [
      ("a", "validation_fraction: 0.2\nstopping_rounds: 2"), ("b", "nfolds: 2\nstopping_rounds: 3"),
      ("c", "validation_fraction: 0.3"),
    ] {
      let run = try Programs.deepspool([
        "run", try file("\(name).yaml", Programs.irisJob + more), "--output", "\(folder)/\(name)",
      ])
      try #require(run.status == 0, "\(run)")
    }
    let mixed = try Programs.deepspool(["compare", "\(folder)/a", "\(folder)/b"])
    #expect(mixed.errors.contains("no held-out metric is common to all models"), "\(mixed)")
    let parameters = mixed.output.split(separator: "\n").prefix { !$0.hasPrefix("run ") }.dropFirst()
      .map { $0.split(separator: " ").joined(separator: " ") }
    #expect(
      parameters == ["stopping_rounds 2 3", "nfolds (0) 2", "validation_fraction 0.2 (0)"], "\(mixed.output)")
    let alike = try Programs.deepspool(["compare", "\(folder)/a", "\(folder)/c"])
    #expect(!alike.errors.contains("no held-out metric"), "\(alike)")
  }
}
