import DurableFiles
import Foundation
import Glibc
import Spooling
import Testing

/// Tests of what the daemon and deepspool-notify tell others about jobs.
@Suite("Hooks, mail, metrics and the index")
struct AnnouncementTests {
  private let root = NSTemporaryDirectory() + "announce-\(UUID().uuidString)"

  private func script(_ name: String, _ text: String) throws -> String {
    let path = "\(root)/\(name)"
    try FileSystem().write("#!/bin/sh\n\(text)\n".utf8, to: path)
    try FileSystem().setMode(path, 0o755)
    return path
  }

  private func text(_ path: String) -> String {
    String(decoding: (try? FileSystem().read(path, limit: 1 << 26)) ?? [], as: UTF8.self)
  }

  @Test("hooks and mail learn of finished and rejected jobs; a hook that fails or hangs holds nothing up")
  func notices() async throws {
    try FileSystem().makeFolder("\(root)/hooks", mode: 0o755)
    defer { try? FileSystem().removeTree(root) }
    _ = try script("hooks/10-fail", "exit 3")
    _ = try script("hooks/20-hang", "sleep 1000")
    _ = try script("hooks/30-log", "echo \"$1 $2 $DEEPSPOOL_NAME\" >> '\(root)/hooked'; cat >> '\(root)/hooked'")
    let mailer = try script("mailer", "echo \"$@\" >> '\(root)/mailed'; cat >> '\(root)/mailed'")
    let configuration = "\(root)/deepspoold.yaml"
    try FileSystem().write(
      "hooks_directory: \(root)/hooks\nhook_seconds: 1\nmail_failures_to: ops@example.org\n".utf8, to: configuration)
    let daemon = Daemon(["--config", configuration])
    try await daemon.start()
    try daemon.drop("iris.yaml", text("\(Programs.samples)/iris.yaml"))
    try await daemon.until { !daemon.names(.finished).isEmpty }
    try daemon.drop("bad.yaml", "hiden: 3\n")
    try await daemon.until {
      try FileSystem().list(daemon.layout.notices) == ["000001-iris.finished.json", "000002-bad.rejected.json"]
    }
    let flags = ["notify", "--config", configuration, "--spool", daemon.layout.root, "--sendmail", mailer]
    let notify = try Programs.run("\(Programs.folder)/deepspoold", flags)
    #expect(notify.status == 0, "\(notify.errors)")
    #expect(notify.errors.contains("000001-iris: hook '\(root)/hooks/10-fail' exited with status 3"))
    #expect(notify.errors.contains("hook '\(root)/hooks/20-hang' was killed because it ran for more than 1 s"))
    #expect(try FileSystem().list(daemon.layout.notices).isEmpty)
    let hooked = text("\(root)/hooked")
    #expect(hooked.contains("finished 000001-iris iris\n{"))
    #expect(hooked.contains("rejected 000002-bad bad\n{"))
    #expect(hooked.contains("\"result\" : \"\(daemon.layout.result(JobIdentifier(number: 1, name: "iris")))\""))
    let mailed = text("\(root)/mailed")
    #expect(mailed.hasPrefix("-i -- ops@example.org\nTo: ops@example.org\n"))
    #expect(mailed.contains("Subject: deepspool: job 000002-bad was rejected\n"))
    #expect(!mailed.contains("iris"))
    #expect(try await daemon.end(SIGTERM) == 0)
  }

  @Test("without hooks and mail there are no notices; metrics and index follow the jobs, also after the stop")
  func files() async throws {
    let daemon = Daemon(environment: ["DEEPSPOOL_HOOKS_DIRECTORY": "\(root)/none"])
    try await daemon.start()
    let (metrics, index) = ("\(daemon.layout.metrics)/deepspool.prom", "\(daemon.layout.results)/index.html")
    try await daemon.until {
      text(metrics).contains("deepspool_jobs_submitted_total 0\n") && text(index).contains("<tbody")
    }
    try daemon.drop("iris.yaml", text("\(Programs.samples)/iris.yaml"))
    try await daemon.until { !daemon.names(.finished).isEmpty }
    #expect(try await daemon.end(SIGTERM) == 0)
    #expect(text(metrics).contains("deepspool_jobs_ended_total{outcome=\"finished\"} 1\n"))
    #expect(text(metrics).contains("deepspool_jobs{state=\"running\"} 0\n"))
    #expect(text(index).contains("<a href=\"000001-iris/report.html\">000001-iris</a>"))
    #expect(try FileSystem().list(daemon.layout.notices).isEmpty)
  }

  @Test("a metrics folder that cannot be written to keeps no job from its end, and is reported once a minute")
  func obstacles() async throws {
    let (daemon, start) = (Daemon(), ContinuousClock.now)
    try await daemon.start()
    try FileSystem().removeTree(daemon.layout.metrics)
    try FileSystem().write([], to: daemon.layout.metrics)
    try daemon.drop("iris.yaml", text("\(Programs.samples)/iris.yaml"))
    try await daemon.until { !daemon.names(.finished).isEmpty }
    #expect(try await daemon.end(SIGTERM) == 0)
    let minutes = Int((ContinuousClock.now - start) / .seconds(60))
    #expect((1...1 + minutes).contains(daemon.count("cannot create '\(daemon.layout.metrics)/")), "\(daemon.log)")
  }

  @Test(
    "the filters of the index work from a file, and the address keeps them",
    .enabled(if: Browser.path != nil, "chromium is not installed"))
  func filters() async throws {
    try FileSystem().makeFolder(root)
    defer { try? FileSystem().removeTree(root) }
    let daemon = Daemon()
    try await daemon.start()
    let job = text("\(Programs.samples)/iris.yaml")
    try daemon.drop("iris.yaml", job)
    try daemon.drop("late.yaml", job + "job: {not_before: 2100-01-01T00:00:00Z}\n")
    try await daemon.until { !daemon.names(.finished).isEmpty && !daemon.names(.queued).isEmpty }
    #expect(try await daemon.end(SIGTERM) == 0)
    let page = "file://\(daemon.layout.results)/index.html"
    let flags = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=\(root)/browser",
      "--enable-logging=stderr", "--dump-dom",
    ]
    for (filter, count, hidden) in [
      ("", "2 of 2 jobs", []), ("#state=queued", "1 of 2 jobs", ["finished"]),
      ("#text=iris%20finished", "1 of 2 jobs", ["queued"]), ("#user=nobody-of-this-name", "2 of 2 jobs", []),
    ] as [(String, String, [String])] {
      let shown = try Programs.run(Browser.path ?? "", flags + [page + filter])
      #expect(shown.output.contains(">\(count)</output>"), "\(filter)")
      let rows = shown.output.matches(of: /<tr data-state="(\w+)"[^>]* hidden=""/).map { String($0.output.1) }
      #expect(rows == hidden, "\(filter)")
      #expect(!shown.errors.contains("CONSOLE"), "\(shown.errors)")
    }
  }
}
