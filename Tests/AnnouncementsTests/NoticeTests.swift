import Announcements
import DurableFiles
import Foundation
import Spooling
import Testing

@Suite("Notices of ended jobs")
struct NoticeTests {
  private static let id = JobIdentifier(number: 42, name: "prostate")

  private static func notice(
    _ state: ServiceFigures.Outcome, number: Int = 42, submitter: String? = "ann", reason: String? = nil
  ) -> JobNotice {
    var notice = JobNotice(
      JobIdentifier(number: number, name: "prostate"), state, endedSeconds: 1_000_000_000, reason: reason)
    notice.submitter = submitter
    return notice
  }

  private static func rules(_ text: String) throws -> NoticeRules {
    var configuration = DaemonConfiguration()
    try configuration.apply(file: Array(text.utf8), path: "test.yaml")
    return NoticeRules(configuration)
  }

  @Test("a notice survives its file, also with a metric that is not finite")
  func roundTrip() throws {
    var notice = Self.notice(.failed, reason: "two\nlines \"quoted\"")
    notice.seconds = 12.5
    notice.metric = "training logloss"
    notice.value = .infinity
    let spool = try TestFolders()
    let box = NoticeBox(spool.layout, FileSystem())
    try box.add(notice)
    #expect(try box.names() == ["000042-prostate.failed.json"])
    #expect(box.notice("000042-prostate.failed.json") == notice)
    let text = String(decoding: notice.bytes, as: UTF8.self)
    #expect(text.contains("\"ended\" : \"2001-09-09T01:46:40Z\""))
    #expect(text.contains("\"version\" : 1"))
    try box.remove("000042-prostate.failed.json")
    #expect(try box.names().isEmpty)
  }

  @Test("what is not a notice of this version is not read", arguments: ["", "{}", "[1]", "{\"version\": 2}"])
  func damaged(_ text: String) {
    #expect(JobNotice(Array(text.utf8)) == nil)
  }

  @Test("nobody is told by default; hooks are told everything, users what the configuration says")
  func rules() throws {
    let silent = try Self.rules("")
    for state in ServiceFigures.Outcome.allCases {
      #expect(!silent.wants(state, hasHooks: false))
      #expect(silent.wants(state, hasHooks: true))
      #expect(silent.recipients(of: state, submitter: "ann").isEmpty)
    }
    let failures = try Self.rules("mail_submitters: failures\nmail_failures_to: ops@example.org\n")
    #expect(failures.wants(.rejected, hasHooks: false))
    #expect(!failures.wants(.finished, hasHooks: false))
    #expect(failures.recipients(of: .failed, submitter: "ann") == ["ann", "ops@example.org"])
    #expect(failures.recipients(of: .failed, submitter: nil) == ["ops@example.org"])
    #expect(failures.recipients(of: .cancelled, submitter: "ann").isEmpty)
    let always = try Self.rules("mail_submitters: always\nmail_failures_to: ann\n")
    #expect(always.recipients(of: .finished, submitter: "ann") == ["ann"])
    #expect(always.recipients(of: .failed, submitter: "ann") == ["ann"])
    // A user name that a mail program would take for a flag or for two addresses.
    for name in ["-t", "a,b", "a b", "a\nBcc: b", ""] {
      #expect(always.recipients(of: .finished, submitter: name).isEmpty)
    }
  }

  @Test("an address that a mail program would take for something else is an error", arguments: ["-t", "a, b", "<a@b>"])
  func addresses(_ text: String) {
    #expect(throws: (any Error).self) { try Self.rules("mail_failures_to: \"\(text)\"\n") }
  }

  @Test("a hook gets the state, the job and clean variables, without a shell")
  func hook() {
    var notice = Self.notice(.failed, reason: "$(reboot); \"`\u{0}x")
    notice.seconds = 3
    notice.value = 0.832_148_765_432_1
    let call = HookCall("/etc/deepspool/hooks.d/chat", notice)
    #expect(call.arguments == ["failed", "000042-prostate"])
    #expect(call.environment.contains("DEEPSPOOL_JOB=000042-prostate"))
    #expect(call.environment.contains("DEEPSPOOL_NAME=prostate"))
    #expect(call.environment.contains("DEEPSPOOL_SECONDS=3"))
    #expect(call.environment.contains("DEEPSPOOL_VALUE=0.83215"))
    #expect(call.environment.contains("DEEPSPOOL_REASON=$(reboot); \"`x"))
    #expect(!call.environment.contains { $0.hasPrefix("DEEPSPOOL_RESULT=") })
  }

  @Test("mail about one job names it, with its reason")
  func letter() throws {
    let notice = Self.notice(.failed, reason: "the loss became infinite;\nlower the rate")
    let letters = MailLetter.letters([notice], try Self.rules("mail_submitters: always\n"), host: "tower")
    #expect(letters.count == 1)
    #expect(
      letters.first?.text == """
        To: ann
        Subject: deepspool: job 000042-prostate failed
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Job 000042-prostate failed at 2001-09-09T01:46:40Z.
        Reason: the loss became infinite;
        Reason: lower the rate
        Submitter: ann
        More: deepspool why 000042-prostate

        deepspool on tower

        """)
  }

  @Test("one letter tells a user about all jobs of a burst and describes at most 200")
  func burst() throws {
    let notices = (1...10_000).map { Self.notice($0.isMultiple(of: 10) ? .failed : .finished, number: $0) }
    let letters = MailLetter.letters(notices, try Self.rules("mail_submitters: always\n"), host: "tower")
    #expect(letters.map(\.subject) == ["deepspool: 10000 jobs ended (9000 finished, 1000 failed)"])
    #expect(letters.first?.body.contains("and 9800 more jobs; see `deepspool list --all`") == true)
    #expect((letters.first?.body.utf8.count ?? .max) < 50_000)
  }
}
