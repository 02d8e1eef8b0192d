import DurableFiles
import Foundation
import Glibc
import Spooling
import TestSupport
import Testing

/// What the commands say about files that are no jobs: not accepted yet, refused, or rejected.
@Suite("Files that are no jobs", .serialized)
struct SpoolMessageTests {
  private static let small = "training_frame: iris.csv\nresponse_column: Species\nhidden: [5]\nepochs: 3\nseed: 1\n"

  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }

  private func file(_ name: String, _ text: String) throws -> String { try temporary.write(text, to: name) }

  private func spool() throws -> SpoolLayout {
    let layout = SpoolLayout(root: "\(folder)/spool")
    try SpoolDirectory(layout, fileSystem: FileSystem()).create()
    return layout
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test("a file that waits in incoming is shown, and so is that no daemon runs")
  func incoming() throws {
    let layout = try spool()
    func deepspool(_ arguments: String...) throws -> (output: String, errors: String, status: Int32) {
      try Programs.deepspool(arguments + ["--spool", layout.root])
    }
    let empty = try deepspool("list")
    #expect(empty.status == 0 && empty.errors.contains("no daemon is running on"), "\(empty)")
    // An older job of the same name must not answer for the new file.
    let old = layout.folder(JobIdentifier(number: 1, name: "iris"), in: .finished)
    try FileSystem().makeFolder(old)
    try FileSystem().write("{\"uid\": \(geteuid())}\n".utf8, to: "\(old)/submitter.json")
    #expect(try deepspool("submit", try file("iris.yaml", Self.small)).status == 0)
    let list = try deepspool("list")
    let row = list.output.split(separator: "\n").last?.split(separator: " ").map(String.init) ?? []
    #expect(row.prefix(2) == ["iris.yaml", "incoming"] && list.errors.contains("no daemon is running"), "\(list)")
    let json = try deepspool("list", "--state", "incoming", "--json")
    #expect(try JSONSchema("list").faults(of: json.output) == [] && json.errors.isEmpty)
    #expect(json.output.contains(#""id": null"#) && json.output.contains(#""name": "iris""#), "\(json)")
    for command in ["show", "why"] {
      let shown = try deepspool(command, "iris")
      #expect(shown.output.contains("iris.yaml: ") && shown.output.contains("not accepted yet"), "\(shown)")
      #expect(shown.errors.contains("no daemon is running"), "\(shown)")
      #expect(try JSONSchema(command).faults(of: deepspool(command, "iris", "--json").output) == [])
    }
    #expect(try deepspool("show", "1").output.contains("000001-iris: finished"))
    for command in ["follow", "wait"] {
      let followed = try deepspool(command, "iris")
      #expect(followed.status == 69 && followed.errors.contains("'iris.yaml' is not accepted yet"), "\(followed)")
    }
    let order = try deepspool("cancel", "iris")
    #expect(order.status == 65 && order.errors.contains("'iris.yaml' is not accepted yet and cannot be cancelled"))
  }

  @Test("history of a job that is not there ends with 65, as show does")
  func unknownHistory() throws {
    let layout = try spool()
    for job in ["99", "nobody", "000099-x"] {
      let shown = try Programs.deepspool(["show", job, "--spool", layout.root])
      let history = try Programs.deepspool(["history", job, "--spool", layout.root])
      #expect(history.status == 65 && history == shown, "\(history) \(shown)")
    }
    #expect(try Programs.deepspool(["history", "--spool", layout.root]).status == 0)
  }

  @Test("submit --name names the job of a file, and a table in its place is named as such")
  func named() throws {
    let layout = try spool()
    let job = try file("long.yaml", Self.small)
    let run = try Programs.deepspool(["submit", "--hold", "--name", "x", "--no-data", job, "--spool", layout.root])
    #expect(run.status == 0 && FileSystem().exists("\(layout.incoming)/x.yaml"), "\(run)")
    #expect(
      FileSystem().exists("\(layout.orders(.hold))/x.yaml") && !FileSystem().exists("\(layout.incoming)/long.yaml"))
    let table = try Programs.deepspool(["submit", try file("t.csv", "a,b\n1,2\n"), "--spool", layout.root])
    #expect(table.status == 65 && table.errors.contains("this is a table, not a job file"), "\(table)")
  }

  @Test("a spool that lacks folders is listed as far as it is there, or named")
  func incomplete() throws {
    let layout = try spool()
    try FileSystem().removeTree(layout.folder(.queued))
    for command in [["list"], ["history"]] {
      #expect(try Programs.deepspool(command + ["--spool", layout.root]).status == 0, "\(command)")
    }
    for state in JobState.allCases { try FileSystem().removeTree(layout.folder(state)) }
    let none = try Programs.deepspool(["list", "--spool", layout.root])
    #expect(none.status == 66 && none.errors.contains("is not a complete spool"), "\(none)")
  }

  @Test("a user who is not in the group of the spool learns which group it is")
  func strangers() throws {
    let layout = try spool()
    let program = "\(Programs.folder)/deepspool"
    func stranger(_ arguments: [String]) throws -> (output: String, errors: String, status: Int32) {
      try Programs.run(
        "/usr/bin/setpriv", ["--reuid", "61002", "--regid", "61002", "--clear-groups", program] + arguments)
    }
    guard geteuid() == 0, try stranger(["--version"]).status == 0 else {
      return print("skipped: needs root, and programs that every user may run")
    }
    let group = UserDatabase.groupName(getegid())
    for mode: UInt32 in [0o755, 0o750] {
      try FileSystem().setMode(folder, 0o755)
      try FileSystem().setMode(layout.root, mode)
      let list = try stranger(["list", "--spool", layout.root])
      #expect(list.status == 73 && list.errors.contains("to add you to the group \(group)"), "\(list)")
    }
  }

  @Test("list and show state what a queued job waits for")
  func conditions() throws {
    let layout = try spool()
    for (number, name, condition) in [
      (1, "plain", ""), (2, "chained", "job: {after: [later]}\n"), (3, "second", "job.after_any: plain\n"),
      (4, "night", "job: {not_before: 2099-01-01T00:00:00Z}\n"), (5, "hinted", "# not_before the others, after all\n"),
    ] {
      let folder = layout.folder(JobIdentifier(number: number, name: name), in: .queued)
      try FileSystem().makeFolder(folder)
      try FileSystem().write("{\"uid\": \(geteuid())}\n".utf8, to: "\(folder)/submitter.json")
      try FileSystem().write((Self.small + condition).utf8, to: "\(folder)/job.yaml")
    }
    let list = try Programs.deepspool(["list", "--json", "--spool", layout.root]).output
    #expect(try JSONSchema("list").faults(of: list) == [])
    let jobs = try #require(try JSONSerialization.jsonObject(with: Data(list.utf8)) as? [[String: Any]])
    let reasons = jobs.map { $0["reason"] as? String }
    let expected = [
      nil, "waits for 'later', which has not been submitted yet", "waits for 000001-plain, which is queued",
      "not before 2099-01-01T00:00:00Z", nil,
    ]
    #expect(reasons == expected, "\(list)")
    let rows = try Programs.deepspool(["list", "--spool", layout.root]).output.split(separator: "\n")
    for (row, reason) in zip(rows.dropFirst(), expected) { #expect(row.hasSuffix(reason ?? "  -"), "\(row)") }
    let shown = try Programs.deepspool(["show", "second", "--spool", layout.root])
    #expect(shown.output.contains("\nwaits for 000001-plain, which is queued\n"), "\(shown)")
  }

  @Test("a rejected file ends follow and logs with its state, and remove removes it")
  func rejected() async throws {
    let daemon = Daemon()
    try await daemon.start()
    func deepspool(_ arguments: String...) throws -> (output: String, errors: String, status: Int32) {
      try Programs.deepspool(arguments + ["--spool", daemon.layout.root])
    }
    try daemon.drop("bad.yaml", "hiden: 3\n")
    try await daemon.until { daemon.count("rejected 'bad.yaml'") == 1 }
    for (command, status) in [("follow", 3), ("logs", 0)] {
      let told = try deepspool(command, "bad", "--json")
      #expect(told.status == Int32(status) && told.errors.isEmpty, "\(told)")
      #expect(try JSONSchema("event").faults(of: told.output) == [])
      let event = try #require(try objects(told.output).last)
      #expect(event["event"] as? String == "ended" && event["state"] as? String == "rejected")
      #expect((event["reason"] as? String)?.contains("hiden") == true)
    }
    let rerun = try deepspool("rerun", "1")
    #expect(rerun.status == 65 && rerun.errors.contains("000001-bad was rejected and cannot be "), "\(rerun)")
    let removed = try deepspool("remove", "1")
    #expect(
      removed.status == 0 && removed.output == "000001-bad: the rejected file and its reason were removed\n",
      "\(removed)")
    #expect(try FileSystem().list(daemon.layout.rejected).isEmpty)
    #expect(daemon.count("000001-bad: the rejected file was removed") == 1)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("submit refuses what check refuses, with all faults, and submits the other files")
  func checked() async throws {
    let daemon = Daemon()
    try await daemon.start()
    func submit(_ arguments: String...) throws -> (output: String, errors: String, status: Int32) {
      try Programs.deepspool(["submit"] + arguments + ["--spool", daemon.layout.root])
    }
    let good = try file("good.yaml", Self.small)
    let columns = try file("columns.yaml", Self.small.replacing("Species", with: "Spezies") + "weights_column: w\n")
    let mixed = try submit(good, "\(folder)/none.yaml", columns)
    #expect(mixed.status == 65 && mixed.output == "000001-good\n", "\(mixed)")
    #expect(mixed.errors.contains("none.yaml': No such file") && mixed.errors.contains("columns.yaml:2:18: error: "))
    #expect(mixed.errors.contains("columns.yaml:6:17: error: "))
    #expect(try submit("\(folder)/none.yaml").status == 66)
    let unread = try submit("--no-data", columns)
    #expect(unread.status == 0 && unread.output == "000002-columns\n", "\(unread)")
    try await daemon.until { daemon.count("rejected 'columns.yaml'") + daemon.count("000002-columns: rejected") > 0 }
    let table = "\(folder)/data/flat.csv"
    try FileSystem().makeFolder("\(folder)/data")
    try FileSystem().write(("a,y\n" + (0..<20).map { "\($0),yes\n" }.joined()).utf8, to: table)
    #expect(try await daemon.end(SIGTERM) == 0)
    let other = Daemon(data: "\(folder)/data")
    try await other.start()
    let flat = try file("flat.yaml", "training_frame: flat.csv\nresponse_column: y\n")
    let constant = try Programs.deepspool(["submit", flat, "--spool", other.layout.root])
    #expect(constant.status == 65 && constant.errors.contains("flat.yaml:"), "\(constant)")
    #expect(try other.listing().jobs.values.joined().isEmpty && FileSystem().list(other.layout.rejected).isEmpty)
    #expect(try await other.end(SIGTERM) == 0)
  }

  @Test("submit refuses a job that could never start for lack of memory, with what to do; so does the daemon")
  func excess() async throws {
    let daemon = try Daemon.configured("max_memory_bytes: 300000000\n")
    try await daemon.start()
    let job = try file("huge.yaml", Self.small.replacing("hidden: [5]", with: "hidden: [5000, 5000]"))
    let refused = try Programs.deepspool(["submit", job, "--spool", daemon.layout.root])
    #expect(refused.status == 65 && refused.output.isEmpty, "\(refused)")
    for text in [
      "\(job):1:", "the limit for all jobs is 300 MB (max_memory_bytes): program: 60.0 MB; tables (about 150 rows",
      "ask an administrator of the service to raise max_memory_bytes",
    ] { #expect(refused.errors.contains(text), "\(refused.errors)") }
    // What the message suggests is accepted.
    let smaller = try #require(refused.errors.matches(of: #/hidden: \[\d+, \d+\]/#).first?.output)
    let fitting = try file("fitting.yaml", Self.small.replacing("hidden: [5]", with: String(smaller)))
    #expect(try Programs.deepspool(["submit", fitting, "--hold", "--spool", daemon.layout.root]).status == 0)
    // 65 if the daemon refuses the job while submit still waits for its identifier.
    let status = try Programs.deepspool(["submit", job, "--no-data", "--wait", "--spool", daemon.layout.root]).status
    #expect(status == 3 || status == 65)
    let why = try Programs.deepspool(["why", "huge", "--spool", daemon.layout.root]).output
    #expect(why.contains("raise max_memory_bytes\nResolve this, then submit the file again."), "\(why)")
    #expect(why.contains("; with \(smaller) it would need about "), "\(why)")
    let small = try file("small.yaml", Self.small)
    #expect(try Programs.deepspool(["submit", small, "--wait", "--spool", daemon.layout.root]).status == 0)
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a long name leaves room for the other columns of a terminal")
  func longNames() throws {
    let layout = try spool()
    let name = String(repeating: "long-name-", count: 5) + "end"
    try FileSystem().makeFolder(layout.folder(JobIdentifier(number: 1, name: name), in: .queued))
    let list = "stty cols 80; \(Programs.folder)/deepspool list --spool \(layout.root)"
    let shown = try Programs.run("/usr/bin/script", ["-qec", list, "/dev/null"]).output
    #expect(shown.contains("…") && shown.contains("-end  queued") && shown.contains("STATE"), "\(shown)")
    #expect(!shown.contains("OWNER"), "a column without content: \(shown)")
    #expect(try Programs.deepspool(["list", "--spool", layout.root]).output.contains("000001-\(name)  queued"))
  }
}
