import ArgumentParser
internal import Documents
internal import DurableFiles
internal import FoundationEssentials
package import Spooling

/// The options of the daemon that are settings, merged with the other sources.
package struct DaemonOptions: ParsableArguments {
  @Option(help: "The configuration file. Default: \(DaemonConfiguration.defaultPath), if it exists.")
  var config: String?

  @Option(help: "The root folder of the spool.")
  var spool: String?

  @Option(help: "A folder from which jobs may open tables. Repeat the option for several folders.")
  var data: [String] = []

  @Option(parsing: .unconditional, help: "The maximum number of running jobs.")
  var maxConcurrentJobs: Int?

  package init() {}

  package func validate() throws {
    let range = 1...DaemonConfiguration.maximumCount
    if let maxConcurrentJobs, !range.contains(maxConcurrentJobs) {
      throw ValidationError(
        "--max-concurrent-jobs must be between \(range.lowerBound) and \(range.upperBound), found \(maxConcurrentJobs)")
    }
  }

  /// Merges all sources, with the environment of this process.
  func settings() throws(InvalidConfiguration) -> (
    configuration: DaemonConfiguration, origins: DaemonConfiguration.Origins
  ) {
    try settings(environment: ProcessInfo.processInfo.environment)
  }

  /// Merges defaults, configuration file, environment and flags; later sources win.
  ///
  /// - Parameter environment: The variables of the environment.
  /// - Returns: The settings, and the place that each comes from.
  /// - Throws: ``InvalidConfiguration`` with the errors of all sources.
  package func settings(
    environment: [String: String]
  ) throws(InvalidConfiguration) -> (configuration: DaemonConfiguration, origins: DaemonConfiguration.Origins) {
    var settings = DaemonConfiguration()
    var origins: DaemonConfiguration.Origins = [:]
    var problems: [String] = []
    func merge(_ source: () throws -> DaemonConfiguration.Origins) {
      do {
        origins.merge(try source()) { $1 }
      } catch let error as DocumentError {
        problems += error.faults.map { "\($0.location): \($0.message)" }
      } catch {
        problems.append("\(error)")
      }
    }
    let path = config ?? DaemonConfiguration.defaultPath
    if config != nil || FileSystem().exists(path) {
      merge { try settings.apply(file: FileSystem().read(path, limit: DocumentReader.maximumBytes), path: path) }
    }
    merge { try settings.apply(environment: environment) }
    guard problems.isEmpty else { throw InvalidConfiguration(problems: problems) }
    if let spool {
      settings.spool = Self.absolute(spool)
      origins["spool"] = "--spool"
    }
    if !data.isEmpty {
      settings.dataDirectories = data.map(Self.absolute)
      origins["data_directories"] = "--data"
    }
    if let maxConcurrentJobs {
      settings.maximumConcurrentJobs = maxConcurrentJobs
      origins["max_concurrent_jobs"] = "--max-concurrent-jobs"
    }
    return (settings, origins)
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = Paths.resolved(".") else { return path }
    return "\(folder)/\(path)"
  }
}

/// The errors of all sources of the daemon's settings.
package struct InvalidConfiguration: Error, CustomStringConvertible {
  /// One error each; never empty.
  package let problems: [String]

  package var description: String { problems.joined(separator: "\n") }

  /// The first error, and the number of others.
  var summary: String {
    (problems.first ?? "") + (problems.count > 1 ? " (and \(problems.count - 1) more)" : "")
  }
}
