import ArgumentParser
internal import Documents
internal import DurableFiles
internal import Spooling

/// Submits job files to a spool.
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Submits job files to the spool; prints the identifier of each job, or the reason.",
    discussion: """
      Refuses jobs that `deepspool check` would refuse: it opens their tables in the daemon's data directories, unless \
      you may not read them, they have more than 1 GiB together, or --no-data is given. What is not checked here is checked when \
      the job starts. Then waits until the daemon has accepted or rejected the jobs, for a minute at most. Without a \
      daemon, the jobs wait in the spool until one starts. A file that is refused does not keep the others from being \
      submitted.

      Exit status: 0 all jobs were accepted, 65 one was refused or rejected, 66 a file is missing. With --wait: 0 all jobs finished, 1 one failed, 2 one \
      was cancelled, 3 one was rejected when it started, 69 no daemon is running.
      """)

  @OptionGroup var options: SpoolOptions

  @Flag(help: "Wait until the jobs have ended; the exit status reflects the outcome.")
  var wait = false

  @Flag(help: "Hold the jobs until they are released.")
  var hold = false

  @Flag(help: "Do not open the tables; the daemon checks them when a job starts.")
  var noData = false

  @Option(parsing: .unconditional, help: "Number of threads for reading tables.")
  var threads = 2

  @Option(help: "Name of the job, if there is one; else of the one that is read from standard input.")
  var name: String?

  @Argument(help: "Job files to submit; '-' is standard input.", completion: .jobFiles)
  var jobs: [String]

  func validate() throws {
    try OptionRange.threads.check(threads)
    guard jobs.filter({ $0 == JobFileArgument.standardInput }).count < 2 else {
      throw ValidationError("'-' can be given once only")
    }
    if let name {
      guard jobs.count == 1 || jobs.contains(JobFileArgument.standardInput) else {
        throw ValidationError("--name names one job; submit each file with a command of its own")
      }
      guard !name.isEmpty, !name.contains("/"), IncomingName("\(name).yaml") == .job else {
        throw ValidationError("--name must be a name without '/' that does not begin with a dot, found '\(name)'")
      }
    }
    guard !(wait && hold) else {
      throw ValidationError("--wait cannot be combined with --hold: a held job does not end by itself")
    }
  }

  func run() async throws {
    try await CommandFailure.reporting(options.form) {
      let lookup = JobLookup(try options.layout())
      let hasDaemon = SpoolLock.isHeld(lookup.layout)
      var check = noData ? nil : SubmissionCheck(lookup.layout, threads: threads)
      var submissions = try jobs.map { try submission($0, &check).dropped(into: lookup.layout, isHeld: hold) }
      if hasDaemon {
        submissions = try await SubmissionAnswers(lookup).await(
          for: submissions, patienceSeconds: wait ? .infinity : SubmissionAnswers.patienceSeconds)
      }
      if !options.json { for submission in submissions { try report(submission, lookup.layout) } }
      if !hasDaemon, submissions.contains(where: \.isWaiting) {
        let text = "no daemon is running on '\(lookup.layout.root)'; the jobs wait until one starts"
        guard !wait else { throw CommandFailure(.daemonNotRunning, text) }
        Terminal.note("warning: \(text)")
      }
      let refusals = submissions.filter(\.isRejected).map(\.refusalStatus.rawValue)
      let accepted = submissions.filter { !$0.isRejected }.compactMap(\.job)
      let ended = wait ? try await JobWait(lookup, options).ended(accepted) : []
      if options.json {
        for job in ended { submissions.note(job, lookup.layout) }
        try print(JSONValue.array(submissions.map(\.json)).pretty())
      }
      // What is wrong with a job comes before what is missing.
      let status = refusals.min() ?? ended.map(\.outcomeStatus).max() ?? 0
      guard status == 0 else { throw ExitCode(status) }
    }
  }

  private func submission(_ path: String, _ check: inout SubmissionCheck?) -> Submission {
    Submission(path, name: fileName(of: path), check: &check)
  }

  /// Returns the name that a job file gets in the spool.
  private func fileName(of path: String) -> String {
    let isStandardInput = path == JobFileArgument.standardInput
    guard isStandardInput || jobs.count == 1,
      let name = name ?? (isStandardInput ? JobFileArgument.standardInputName : nil)
    else { return Paths.name(of: path) }
    let ending = isStandardInput ? "yaml" : Paths.fileExtension(of: path)
    return "\(name).\(IncomingName("\(name).\(ending)") == .job ? ending : "yaml")"
  }

  private func report(_ submission: Submission, _ layout: SpoolLayout) throws {
    for warning in submission.warnings { Terminal.note(warning) }
    switch submission.outcome {
    case .refused where submission.refusalStatus != .badData:
      Terminal.note(submission.reason ?? "'\(submission.path)' cannot be read")
    case .refused:
      Terminal.note(
        "\(submission.path) was not submitted, because it would be rejected:\n\(submission.reason ?? "the reason is missing")"
      )
    case .rejected:
      Terminal.note(
        "\(submission.path) was rejected by the daemon, which keeps it in '\(layout.rejected)':\n"
          + (submission.reason ?? "the reason is missing"))
    case .accepted(let job): try print("\(job.id)")
    case .waiting:
      Terminal.note(
        SpoolLock.isHeld(layout)
          ? "\(submission.path): submitted, but not accepted within a minute; run `deepspool list` to see whether it is"
          : "\(submission.path): submitted")
    }
  }
}

extension [Submission] {
  /// Records the end of a job.
  fileprivate mutating func note(_ job: SpoolJob, _ layout: SpoolLayout) {
    for index in indices where self[index].job?.id == job.id {
      self[index].answer(job, reason: JobReport(job, layout: layout, fileSystem: FileSystem()).reason)
    }
  }
}
