internal import DurableFiles
internal import Spooling

/// A finished result that the command line names: a folder or file, or a job of the spool.
struct ResultArgument {
  let path: String

  /// Finds the result.
  ///
  /// A folder or file in the working directory hides a job of the same name.
  ///
  /// - Parameters:
  ///   - argument: A path, or the number, name or identifier of a job.
  ///   - place: The spool in which to look for jobs.
  ///   - fileSystem: Where paths are looked up.
  /// - Throws: ``CommandFailure`` if the argument names nothing, several jobs, or a job without a result that the caller
  ///   may read.
  init(_ argument: String, in place: SpoolPlace, fileSystem: FileSystem) throws {
    if fileSystem.exists(argument) || argument.contains("/") {
      path = argument.count > 1 && argument.hasSuffix("/") ? String(argument.dropLast()) : argument
      return
    }
    guard let layout = try? place.layout() else {
      throw CommandFailure(.noInput, "'\(argument)' is not a file or folder, and there is no spool with jobs")
    }
    let lookup = JobLookup(layout)
    let job: SpoolJob
    do throws(CommandFailure) {
      job = try lookup.find(argument, in: try lookup.listing())
    } catch {
      throw CommandFailure(error.status, "'\(argument)' is not a file or folder, and \(error.message)")
    }
    let report = JobReport(job, layout: layout, fileSystem: fileSystem)
    guard let result = report.result else {
      let detail = report.isPrivate ? report.reason ?? "" : "it is \(job.title) and has no result"
      throw CommandFailure(.noInput, "cannot use the result of \(job.label): \(detail)")
    }
    path = result
  }
}
