import ArgumentParser
internal import DurableFiles
internal import JobEvents
internal import JobFiles
internal import Jobs
internal import Planning
internal import Training
internal import Wording

/// One job in the foreground, without a daemon.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs one job in the foreground; no daemon is needed.",
    discussion: """
      Frames are looked up beside the job file. The result folder appears when it is complete; while the job runs, \
      and after an interruption, its checkpoint lies in a folder beside it, from which the same command goes on.
      """)

  @Argument(help: "The job file.")
  var job: String

  @Option(help: "The result folder. Default: the job's name with '-result'.")
  var output: String?

  @Option(
    parsing: .unconditional,
    help: "Threads: for layers, copies of the network, scoring, and folds or models of a grid side by side.")
  var threads = 2

  @Option(
    parsing: .unconditional,
    help: "Bytes of memory that the job may need, as estimated. Default: four fifths of the machine's.")
  var maxMemoryBytes: Int?

  @Flag(help: "Prints the metrics as JSON.")
  var json = false

  func validate() throws {
    try OptionRange.threads.check(threads)
    try OptionRange.maxMemoryBytes.check(maxMemoryBytes)
  }

  func run() async throws {
    try await CommandFailure.reporting {
      let fileSystem = FileSystem()
      let argument = try JobFileArgument(job, fileSystem: fileSystem)
      try refuseTooLarge(argument.job)
      let output = Self.withoutSlash(output ?? "\(Paths.folder(of: job))/\(argument.name)-result")
      guard !fileSystem.exists(output) else {
        throw CommandFailure(.cannotWrite, "'\(output)' is there already; remove it or give another --output")
      }
      let work = "\(Paths.folder(of: output))/.\(Paths.name(of: output)).running"
      try fileSystem.makeFolder(work)
      let folder = Paths.folder(of: job)
      let request = JobRequest(
        job: argument.job, jobText: argument.bytes, name: argument.name, workFolder: work,
        files: NamedFiles(
          frame: { Self.beside($0, folder) }, model: { Self.beside($0, folder) },
          export: { Self.beside($0, folder) }), limits: .init(threads: threads))
      let display = ProgressDisplay(isQuiet: argument.job.quietMode)
      let control = TrainingControl()
      let interruption = Interruption { control.stop(.suspend) }
      defer { interruption.cancel() }
      switch try await JobRunner(request, fileSystem: fileSystem, onEvent: display.show).run(control) {
      case .finished(let summary):
        try fileSystem.move(request.resultFolder, to: output)
        try fileSystem.removeTree(work)
        guard argument.job.kind == .train else {
          Terminal.note("\(summary.ending) in \(Format.number(summary.seconds)) s; result: \(output)")
          return
        }
        try ResultSummary(output, fileSystem: fileSystem).show(asJSON: json)
      case .suspended:
        throw CommandFailure(.tryAgain, "interrupted; the same command goes on from the checkpoint")
      case .cancelled:
        throw CommandFailure(.tryAgain, "cancelled")
      }
    }
  }

  /// A machine that runs out of memory takes other programs along.
  private func refuseTooLarge(_ job: JobFile) throws {
    let folder = Paths.folder(of: self.job)
    let limit = maxMemoryBytes ?? MachineMemory.forJobs
    // What is wrong with the data is told when they are read.
    guard let estimate = try? JobEstimate.of(job, threads: threads, resolveFrame: { Self.beside($0, folder) }),
      estimate.memoryBytes > limit
    else { return }
    throw CommandFailure(
      .badData,
      "the job would need about \(ByteText.of(estimate.memoryBytes)) of memory and may have \(ByteText.of(limit)) "
        + "(--max-memory-bytes): \(estimate.explanation)")
  }

  /// Names are relative to the folder of the job file.
  private static func beside(_ name: String, _ folder: String) -> String {
    let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
    return Paths.resolved(path) ?? path
  }

  private static func withoutSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? withoutSlash(String(path.dropLast())) : path
  }
}
