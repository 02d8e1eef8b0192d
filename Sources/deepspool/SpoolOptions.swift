import ArgumentParser
internal import Documents
internal import DurableFiles
internal import FoundationEssentials
internal import JobFiles
internal import Spooling

/// Finds the spool of the daemon.
struct SpoolOptions: ParsableArguments {
  @Option(help: "The spool's root folder. Default: $DEEPSPOOL_SPOOL, then the daemon's configuration file.")
  var spool: String?

  @Flag(help: "Prints JSON.")
  var json = false

  /// The spool's folders.
  /// - Throws: ``CommandFailure`` if there is no spool.
  func layout() throws -> SpoolLayout {
    let fileSystem = FileSystem()
    var settings = DaemonConfiguration()
    if spool == nil {
      let path = DaemonConfiguration.defaultPath
      if fileSystem.exists(path) {
        try settings.apply(file: fileSystem.read(path, limit: DocumentReader.maximumBytes), path: path)
      }
      try settings.apply(environment: ProcessInfo.processInfo.environment)
    }
    let layout = SpoolLayout(root: spool ?? settings.spool)
    guard fileSystem.exists(layout.incoming) else {
      throw CommandFailure(
        .noInput, "'\(layout.root)' is no spool: there is no folder 'incoming' in it. Has the daemon run there?")
    }
    return layout
  }

  /// The one job that a person means; if it was rejected, the failure says why.
  func find(_ text: String, in listing: SpoolListing, _ layout: SpoolLayout) throws -> (JobIdentifier, JobState) {
    let states = JobState.allCases.flatMap { state in (listing.jobs[state] ?? []).map { ($0, state) } }
    let meant = Set(JobIdentifier.meant(text, among: states.map(\.0)))
    let matches = states.filter { meant.contains($0.0) }
    guard let match = matches.first else {
      let isName = !text.contains("/")
      if isName,
        let bytes = try? FileSystem().read("\(layout.rejected)/\(text).why", limit: DocumentReader.maximumBytes)
      {
        throw CommandFailure(.badData, String(decoding: bytes, as: UTF8.self))
      }
      throw CommandFailure(.badData, "there is no job '\(text)'; `deepspool list` shows them")
    }
    guard matches.count == 1 else {
      let names = matches.map { "\($0.0)" }.joined(separator: ", ")
      throw CommandFailure(.badData, "several jobs match '\(text)': \(names); give the number")
    }
    return match
  }
}
