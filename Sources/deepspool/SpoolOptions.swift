import ArgumentParser
internal import Documents
internal import DurableFiles
internal import FoundationEssentials
internal import JobFiles
internal import Spooling

/// Options of commands that use the daemon's spool.
struct SpoolOptions: ParsableArguments {
  @Option(help: "Root folder of the spool. Default: $DEEPSPOOL_SPOOL, else the daemon's configuration file.")
  var spool: String?

  @Flag(help: "Print JSON.")
  var json = false

  /// Returns the layout of the spool.
  ///
  /// - Throws: ``CommandFailure`` if there is no spool.
  func layout() throws -> SpoolLayout {
    let layout = SpoolLayout(root: try spool ?? configuredSpool())
    guard FileSystem().exists(layout.incoming) else {
      throw CommandFailure(
        .noInput,
        "'\(layout.root)' is not a spool: it has no folder 'incoming'; start deepspoold there, or correct --spool")
    }
    return layout
  }

  /// Returns the path of the spool from the environment or the configuration file, else the default.
  ///
  /// Nothing else in the file matters, and a file that cannot be read counts as missing.
  private func configuredSpool() throws -> String {
    if let path = try SpoolPath.find(inEnvironment: ProcessInfo.processInfo.environment) { return path }
    let file = DaemonConfiguration.defaultPath
    guard let bytes = try? FileSystem().read(file, limit: DocumentReader.maximumBytes) else {
      return DaemonConfiguration().spool
    }
    return try SpoolPath.find(inFile: bytes, path: file) ?? DaemonConfiguration().spool
  }

  /// Returns the job with this number, name or identifier.
  ///
  /// - Throws: ``CommandFailure`` if no or several jobs match; if the job was rejected, with the reason.
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
      throw CommandFailure(.badData, "no job matches '\(text)'; run `deepspool list --all` to see all jobs")
    }
    guard matches.count == 1 else {
      let names = matches.map { "\($0.0)" }.joined(separator: ", ")
      throw CommandFailure(.badData, "several jobs match '\(text)': \(names); use the number")
    }
    return match
  }
}
