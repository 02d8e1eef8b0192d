import ArgumentParser
internal import DurableFiles
internal import Spooling

/// The arguments of commands that show something about one job.
struct JobArgument: ParsableArguments {
  @OptionGroup var options: SpoolOptions

  @Argument(help: "Number, name or identifier of the job.", completion: .jobs)
  var id: String

  /// Returns the job, the names in its spool, and what else can be found there.
  ///
  /// - Throws: ``CommandFailure`` if no or several jobs match.
  func find() async throws -> (job: SpoolJob, listing: SpoolListing, lookup: JobLookup) {
    let lookup = JobLookup(try options.layout())
    let (listing, job) = try await lookup.findArriving(id)
    return (job, listing, lookup)
  }
}
