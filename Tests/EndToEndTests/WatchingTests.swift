import DurableFiles
import Foundation
import Spooling
import TestSupport
import Testing

/// Commands with which people submit, watch and account for jobs.
@Suite("Submitting, watching and accounting", .serialized, .ownThread)
struct WatchingTests {
  private static let small = "training_frame: iris.csv\nresponse_column: Species\nhidden: [5]\nepochs: 3\nseed: 1\n"
  private static let endless =
    small.replacing("epochs: 3", with: "epochs: 1e7") + "stopping_rounds: 0\nclassification_stop: -1\n"

  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }

  private func file(_ name: String, _ text: String) throws -> String { try temporary.write(text, to: name) }

  @Test("submit prints the identifier or the reason, and follow and wait end with the outcome")
  func outcomes() async throws {
    let daemon = Daemon()
    try await daemon.start()
    func deepspool(_ arguments: String...) throws -> (output: String, errors: String, status: Int32) {
      try Programs.deepspool(arguments + ["--spool", daemon.layout.root])
    }
    let good = try file("good.yaml", Self.small)
    let bad = try file("bad.yaml", "training_frame: none.csv\nresponse_column: y\n")
    let submitted = try deepspool("submit", good, "--wait")
    #expect(submitted.status == 0, "\(submitted)")
    #expect(submitted.output == "000001-good\n000001-good: finished, \(daemon.layout.results)/000001-good\n")
    for number in [2, 3] {
      let rejected = try deepspool("submit", bad)
      #expect(rejected.status == 65 && rejected.output.isEmpty, "\(rejected)")
      #expect(rejected.errors.contains("training_frame 'none.csv' was not found"), "\(number): \(rejected.errors)")
    }
    let typo = try deepspool("submit", try file("typo.yaml", "hiden: 3\n"), good)
    #expect(typo.status == 65 && typo.output == "000004-good\n" && typo.errors.contains("did you mean 'hidden'"))
    #expect(try deepspool("wait", "good", "1").status == 0)
    #expect(try deepspool("wait", "bad").status == 3)
    #expect(try deepspool("follow", "bad").status == 3)
    #expect(try deepspool("wait", "nobody").status == 65)
    let why = try deepspool("why", "bad")
    #expect(why.status == 0 && why.output.contains("000003-bad: rejected"), "\(why)")
    // The group of a job cannot be tried beforehand.
    let endless = try file("endless.yaml", Self.endless)
    #expect(try deepspool("submit", endless).output == "000005-endless\n")
    try await daemon.until { daemon.names(.running) == ["000005-endless"] }
    let late = try deepspool("wait", "endless", "--timeout", "0.3")
    #expect(late.status == 75 && late.errors.contains("before the end of 000005-endless"), "\(late)")
    #expect(try deepspool("cancel", "endless").status == 0)
    #expect(try deepspool("wait", "endless").status == 2)
    let followed = try deepspool("follow", "endless")
    #expect(followed.status == 2)
    let lines = followed.output.split(separator: "\n").map(String.init)
    #expect(
      lines.first?.contains("iris.csv: 150 rows") == true && lines.last == "000005-endless: cancelled", "\(lines)")
    #expect(lines.contains { $0.contains(" %, ") && $0.contains("training logloss") }, "\(lines)")
    #expect(try await daemon.end(SIGTERM) == 0)
    #expect(try deepspool("submit", endless, "--wait").status == 69)
    let alone = try deepspool("submit", endless)
    #expect(alone.status == 0 && alone.errors.contains("no daemon is running"), "\(alone)")
  }

  @Test("follow tells that the daemon stops, is missing, runs again and continues the job")
  func interruption() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("endless.yaml", Self.endless)
    try await daemon.until { daemon.hasScored("endless") }
    let follow = try Programs.Run(
      "\(Programs.folder)/deepspool", ["follow", "endless", "--spool", daemon.layout.root])
    try await Task.sleep(for: .seconds(1))
    #expect(try await daemon.end(SIGTERM) == 0)
    // Longer than the daemon may be missing without a word.
    try await Task.sleep(for: .seconds(4))
    let scores = daemon.count("epoch ")
    try await daemon.start()
    try await daemon.until { daemon.count("epoch ") > scores }
    #expect(try Programs.deepspool(["cancel", "endless", "--spool", daemon.layout.root]).status == 0)
    let followed = try follow.wait()
    #expect(followed.status == 2)
    let lines = followed.output.split(separator: "\n").map(String.init)
    let milestones = ["000001-endless: running", "  process ended (suspended)", "000001-endless: interrupted"]
      .compactMap { text in lines.firstIndex { $0.hasPrefix(text) } }
    #expect(milestones.count == 3 && milestones == milestones.sorted(), "\(lines)")
    #expect(lines.filter { $0 == "000001-endless: running" }.count == 2, "\(lines)")
    #expect(
      followed.errors.contains("no daemon is running on") && followed.errors.contains("the daemon is running again"),
      "\(followed.errors)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("show and why repeat the warnings of a finished job, and show its verdict")
  func warnings() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("warned.yaml", Self.small + "rate: 0.1\n")
    try await daemon.until { daemon.count("000001-warned: finished") == 1 }
    let place = ["1", "--spool", daemon.layout.root]
    let shown = try Programs.deepspool(["show"] + place).output
    #expect(shown.contains("\nwarning: rate has no effect: "), "\(shown)")
    #expect(shown.contains("\nthe model is ") && shown.contains("of always predicting the base rates"), "\(shown)")
    let why = try Programs.deepspool(["why"] + place).output
    #expect(why.hasPrefix("000001-warned: finished, result in '") && why.contains("\nwarning: "), "\(why)")
    let json = try Programs.deepspool(["show", "--json"] + place).output
    #expect(json.contains("\"warnings\": [\n    \"") || json.contains("\"warnings\": [\""), "\(json)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a held submission never starts, whatever other jobs have its name")
  func held() async throws {
    let daemon = Daemon()
    try await daemon.start()
    let path = try file("same.yaml", Self.small)
    let submit = ["submit", "--hold", path, "--spool", daemon.layout.root]
    for _ in 1...5 { #expect(try Programs.deepspool(submit).status == 0) }
    try await daemon.until { daemon.names(.held).count == 5 }
    #expect(daemon.count(": started") == 0 && daemon.count("ignored") == 0)
    let wait = try Programs.deepspool(["wait", "1", "--timeout", "0", "--spool", daemon.layout.root])
    #expect(wait.status == 75 && wait.errors.contains("000001-same is held"), "\(wait)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("a job can come from standard input")
  func standardInput() async throws {
    let daemon = Daemon()
    try await daemon.start()
    let path = try file("job.yaml", Self.small)
    let program = "\(Programs.folder)/deepspool submit - --name piped --wait --spool \(daemon.layout.root) <\(path)"
    let run = try Programs.run("/bin/sh", ["-c", program])
    #expect(run.status == 0 && run.output.hasPrefix("000001-piped\n"), "\(run)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("lists have a header, and columns that never touch; filters select jobs")
  func lists() async throws {
    let daemon = Daemon()
    try await daemon.start()
    func deepspool(_ arguments: String...) throws -> String {
      let run = try Programs.deepspool(arguments + ["--spool", daemon.layout.root])
      #expect(run.status == 0, "\(arguments): \(run)")
      return run.output
    }
    let long = String(repeating: "long-name-", count: 5)
    try daemon.drop("\(long).yaml", Self.small)
    try await daemon.until { daemon.names(.finished).count == 1 }
    try daemon.drop("bad.yaml", "hiden: 3\n")
    try await daemon.until { daemon.count("rejected 'bad.yaml'") == 1 }
    try daemon.drop("endless.yaml", Self.endless)
    try await daemon.until { daemon.hasScored("endless") }
    let lines = try deepspool("list", "--all").split(separator: "\n").map { line in
      line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    }
    #expect(lines.first == ["JOB", "STATE", "OWNER", "GROUP", "PRIO", "AGE", "TIME", "DONE", "LEFT", "DETAILS"])
    #expect(lines.dropFirst().map { $0[1] } == ["running", "finished", "rejected"], "\(lines)")
    let finished = try #require(lines.first { $0[1] == "finished" })
    #expect(finished[0] == "000001-\(long)" && finished[7] == "100%", "\(finished)")
    let history = try deepspool("history").split(separator: "\n")
    #expect(history.count == 3 && history[0].contains("MEMORY") && history[1].contains("MB"), "\(history)")
    for (arguments, names) in [
      (["--state", "finished"], 1), (["--state", "finished,rejected"], 2), (["--name", "long-*"], 1),
      (["--user", "nobody-of-this-name"], 0), (["--since", "1h"], 2), (["--since", "2100-01-01"], 0),
      (["--until", "2100-01-01"], 2), (["--last", "1"], 1),
    ] {
      let run = try Programs.deepspool(["history", "--spool", daemon.layout.root] + arguments)
      #expect(run.output.split(separator: "\n").dropFirst().count == names, "\(arguments): \(run.output)")
    }
    #expect(try Programs.deepspool(["list", "--state", "finishd", "--spool", daemon.layout.root]).status == 64)
    let logs = try deepspool("logs", "endless", "--tail", "2").split(separator: "\n")
    #expect(logs.count == 2 && logs.allSatisfy { $0.hasPrefix("20") }, "\(logs)")
    let all = try deepspool("logs", long)
    #expect(all.contains("process started") && all.contains("process ended (finished)"), "\(all)")
    let show = try deepspool("show", long)
    let live = try deepspool("show", "endless")
    #expect(live.contains(" of processor time so far, at most ") && live.contains(", epoch "), "\(live)")
    let json = try deepspool("show", "endless", "--json")
    let seconds = json.firstMatch(of: #/"cpu_seconds": ([0-9.e+]+)/#).flatMap { Double($0.1) } ?? 0
    #expect(seconds > 0, "\(json)")
    #expect(show.contains("of processor time") && show.contains("confusion matrix, training:"), "\(show)")
    #expect(
      show.contains(#/\ntraining logloss [0-9.]+\n/#) && show.contains("the model is the ") && !show.contains("so far"),
      "\(show)")
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("colours appear on a terminal only, and not if NO_COLOR is set")
  func colours() throws {
    let spool = SpoolLayout(root: "\(folder)/spool")
    try SpoolDirectory(spool, fileSystem: FileSystem()).create()
    try FileSystem().makeFolder(spool.folder(JobIdentifier(number: 1, name: "a"), in: .queued))
    let list = "\(Programs.folder)/deepspool list --spool \(spool.root)"
    #expect(try !Programs.run("/bin/sh", ["-c", list]).output.contains("\u{1B}"))
    func terminal(_ variables: String) throws -> String {
      try Programs.run("/usr/bin/script", ["-qec", "env -u NO_COLOR \(variables) \(list)", "/dev/null"]).output
    }
    let coloured = try terminal("TERM=xterm")
    #expect(coloured.contains("\u{1B}[1mJOB"), "\(coloured)")
    #expect(try !terminal("TERM=xterm NO_COLOR=1").contains("\u{1B}"))
    #expect(try !terminal("TERM=dumb").contains("\u{1B}"))
  }

  @Test("list --watch shows a new list each time until it is interrupted")
  func watch() throws {
    let spool = SpoolLayout(root: "\(folder)/spool")
    try SpoolDirectory(spool, fileSystem: FileSystem()).create()
    let list = "timeout 2 \(Programs.folder)/deepspool list --watch --interval 0.2 --json --spool \(spool.root)"
    let run = try Programs.run("/bin/sh", ["-c", list])
    #expect(run.status == 124 && run.output.split(separator: "\n").count > 2, "\(run)")
    #expect(run.output.hasPrefix("[]\n[]\n"))
  }

  @Test("the journal states the completed share of a whole search, not of one of its models")
  func journalOfASearch() async throws {
    let daemon = Daemon()
    try await daemon.start()
    try daemon.drop("search.yaml", Self.small + "grid:\n  hyper_params:\n    l2: [0, 0.01]\n")
    try await daemon.until { daemon.names(.finished) == ["000001-search"] }
    // Two models: the first one ends at half of the search, where the second one begins.
    for (model, shares) in [("model_1", 0...50), ("model_2", 50...100)] {
      let lines = daemon.lines.filter { $0.contains("\(model) epoch ") }
      #expect(!lines.isEmpty, "\(daemon.log)")
      for line in lines {
        let share = line.firstMatch(of: #/000001-search: (\d+) %, /#).flatMap { Int($0.1) }
        #expect(share.map(shares.contains) == true, "\(line)")
      }
    }
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("run --force replaces a result once the new one is complete, and nothing else")
  func force() throws {
    let table = "\(Programs.samples)/iris.csv"
    let job = try file("a.yaml", Self.small.replacing("iris.csv", with: table) + "nfolds: 2\n")
    let result = "\(folder)/a-result"
    let first = try Programs.deepspool(["run", job])
    #expect(first.status == 0 && first.output.contains("cross-validation"), "\(first)")
    #expect(first.output.contains("confusion matrix, cross-validation:"), "\(first.output)")
    #expect(first.errors.contains(" %, ") && first.errors.contains("3 trainings ahead"), "\(first.errors)")
    #expect(try Programs.deepspool(["run", job]).status == 73)
    try FileSystem().write([], to: "\(result)/old")
    let again = try Programs.deepspool(["run", job, "--force"])
    #expect(again.status == 0 && !FileSystem().exists("\(result)/old"), "\(again)")
    #expect(try FileSystem().list(folder) == ["a-result", "a.yaml"])
    try FileSystem().makeFolder("\(folder)/mine")
    let foreign = try Programs.deepspool(["run", job, "--force", "--output", "\(folder)/mine"])
    #expect(foreign.status == 73 && foreign.errors.contains("is not a result folder"), "\(foreign)")
  }

  @Test(
    "unknown subcommands are answered with what is meant",
    arguments: [
      ("rnu", "run"), ("train", "run"), ("squeue", "list"), ("status", "list"), ("kill", "cancel"),
      ("sacct", "history"),
      ("pause", "hold"), ("rm", "remove"), ("diff", "compare"), ("Cancel", "cancel"), ("subimt", "submit"),
    ])
  func suggestions(_ word: String, _ expected: String) throws {
    let run = try Programs.deepspool([word])
    #expect(run.status == 64 && run.errors.contains("did you mean '\(expected)'?"), "\(run.errors)")
  }
}
