internal import Wording

/// How to run a job once more.
package struct Repetition: Sendable, Equatable {
  /// Where the command works: an introduction that ends with a colon.
  let caption: String
  package let command: String
  /// The identifier of the job, by which commands find its model in the spool; nil for a result in a folder of the user.
  let job: String?

  private init(caption: String, command: String, job: String? = nil) {
    self.caption = caption
    self.command = command
    self.job = job
  }

  /// A job file of the command line, whose tables are named relative to its folder; `name` is the name of the file.
  package static func file(_ name: String) -> Repetition {
    Repetition(
      caption: "In a shell, in the folder of the job file:", command: "deepspool run \(name.inShell) --output again")
  }

  /// A job from standard input, whose tables are named relative to the working folder; `jobFile` has its text.
  package static func standardInput(jobFile: String) -> Repetition {
    Repetition(
      caption: "In a shell, in the folder where the job was run, with \(jobFile) of this result:",
      command: "deepspool run - --output again < \(jobFile)")
  }

  /// A job of the daemon, which finds its tables in the data directories.
  package static func service(job: String) -> Repetition {
    Repetition(
      caption: "In a shell, while the spool has the job:", command: "deepspool rerun \(job.inShell)", job: job)
  }

  /// The command for a page.
  var code: ReportPage.Code { .init(caption: caption, text: command) }
}
