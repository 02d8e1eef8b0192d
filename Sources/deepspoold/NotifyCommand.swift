internal import Announcements
import ArgumentParser
internal import DurableFiles
internal import FoundationEssentials
internal import Glibc
internal import Jobs
internal import ServiceManager
internal import Spooling
internal import Supervision

/// The command that tells hooks and mail about ended jobs; the unit deepspool-notify starts it.
///
/// The daemon has no right to start other programs. It leaves a notice per job in a folder of the spool; this process
/// takes them, as a user of its own. A notice is removed when everybody has been told, so a hook that was running when
/// this process ended runs again.
struct NotifyCommand: ParsableCommand {
  static let name = "notify"
  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Runs hooks and sends mail for the jobs that have ended; the unit deepspool-notify starts it.",
    shouldDisplay: false)

  /// The pause in which further notices arrive, so that one letter tells about all of them.
  private static let collectingSeconds: UInt32 = 2
  /// The pause before this process ends because of a failure: the path unit starts it again at once.
  private static let failurePauseSeconds: UInt32 = 60
  private static let mailSeconds = 60.0
  /// The number of notices that one round reads.
  private static let roundCount = 1000

  @OptionGroup var options: DaemonOptions

  @Option(help: "The program that sends mail.")
  var sendmail = "/usr/sbin/sendmail"

  func run() throws {
    let journal = Journal(environment: ProcessInfo.processInfo.environment)
    do {
      let settings = try options.settings().configuration
      let round = Round(
        box: NoticeBox(SpoolLayout(root: settings.spool), FileSystem()), rules: NoticeRules(settings),
        hookSeconds: settings.hookSeconds, sendmail: sendmail, journal: journal)
      repeat { sleep(Self.collectingSeconds) } while try round.run()
    } catch {
      journal.write(JournalEntry("\(error)", priority: .error, messageID: MessageID.notificationFailed))
      sleep(Self.failurePauseSeconds)
      throw ExitCode(error is InvalidConfiguration ? 78 : 73)
    }
  }

  /// Tells about the notices that wait now.
  private struct Round {
    let box: NoticeBox
    let rules: NoticeRules
    let hookSeconds: Double
    let sendmail: String
    let journal: Journal

    /// Returns false if there were no notices.
    func run() throws(FileSystemError) -> Bool {
      let names = try box.names().prefix(NotifyCommand.roundCount)
      guard !names.isEmpty else { return false }
      let notices = names.map { (name: $0, notice: box.notice($0)) }
      sendMail(notices.compactMap(\.notice))
      let folder = HookFolder(rules.hooksDirectory, FileSystem()).content()
      for problem in folder.problems { warn(problem) }
      for (name, notice) in notices {
        if let notice {
          for hook in folder.hooks { run(HookCall(hook, notice), name, notice) }
        } else {
          warn("'\(box.path(of: name))' is not a notice and was removed")
        }
        try box.remove(name)
      }
      return true
    }

    private func run(_ call: HookCall, _ name: String, _ notice: JobNotice) {
      let ending = ProgramRun(
        path: call.path, arguments: call.arguments, environment: call.environment, input: box.path(of: name),
        limitSeconds: hookSeconds
      ).run()
      if ending == .exited(0) {
        write("\(notice.job): hook '\(call.path)' succeeded", .info, nil, notice.job)
      } else {
        warn("\(notice.job): hook '\(call.path)' \(ending)", notice.job)
      }
    }

    private func sendMail(_ notices: [JobNotice]) {
      for letter in MailLetter.letters(notices, rules, host: ProcessInfo.processInfo.hostName) {
        do throws(FileSystemError) {
          let text = try MemoryFile(Array(letter.text.utf8))
          let ending = withExtendedLifetime(text) {
            ProgramRun(
              path: sendmail, arguments: ["-i", "--", letter.recipient], environment: ["PATH=/usr/sbin:/usr/bin"],
              input: text.path, limitSeconds: NotifyCommand.mailSeconds
            ).run()
          }
          if ending == .exited(0) {
            write("mail to \(letter.recipient): \(letter.subject)", .info, nil, nil)
          } else {
            warn("mail to \(letter.recipient) was not sent: '\(sendmail)' \(ending)")
          }
        } catch {
          warn("mail to \(letter.recipient) was not sent: \(error)")
        }
      }
    }

    private func warn(_ text: String, _ job: String? = nil) {
      write(text, .warning, MessageID.notificationFailed, job)
    }

    private func write(_ text: String, _ priority: JournalEntry.Priority, _ messageID: String?, _ job: String?) {
      journal.write(
        JournalEntry(
          text, priority: priority, messageID: messageID,
          fields: job.map { [(name: "DEEPSPOOL_JOB", value: $0)] } ?? []))
    }
  }
}
