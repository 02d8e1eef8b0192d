package import DurableFiles

/// The names in a spool.
///
/// Recovery and `deepspool list` are functions of a listing.
package struct SpoolListing: Sendable, Equatable {
  /// Job folders by state.
  package var jobs: [JobState: [JobIdentifier]]
  /// Jobs that were being accepted when the daemon ended.
  package var claims: [JobIdentifier]
  package var results: [JobIdentifier]
  /// The names of rejected files, without extension.
  package var rejected: Set<String>
  /// The highest number among the jobs that users have removed.
  package var highestRemoved: Int

  package init(
    jobs: [JobState: [JobIdentifier]], claims: [JobIdentifier], results: [JobIdentifier], rejected: Set<String> = [],
    highestRemoved: Int = 0
  ) {
    self.rejected = rejected
    self.highestRemoved = highestRemoved
    self.jobs = jobs
    self.claims = claims
    self.results = results
  }

  /// Lists the folders of a spool.
  ///
  /// `toleratesMissing`: Whether missing folders count as empty.
  package static func read(
    _ layout: SpoolLayout, fileSystem: FileSystem, toleratesMissing: Bool = false
  ) throws(FileSystemError) -> SpoolListing {
    func names(_ folder: String) throws(FileSystemError) -> [String] {
      do throws(FileSystemError) {
        return try fileSystem.list(folder)
      } catch {
        guard toleratesMissing, error.isNotFound else { throw error }
        return []
      }
    }
    var listing = SpoolListing(jobs: [:], claims: [], results: [])
    for state in JobState.allCases {
      listing.jobs[state] = try names(layout.folder(state)).compactMap { JobIdentifier($0) }
    }
    listing.claims = try names(layout.folder(.queued))
      .filter { $0.hasPrefix(".") }.compactMap { JobIdentifier(String($0.dropFirst())) }
    listing.results = try names(layout.results).compactMap { JobIdentifier($0) }
    listing.rejected = Set(
      try names(layout.rejected).filter { $0.hasSuffix(".why") }.map { Paths.stem(of: $0) })
    let removed = try? fileSystem.read(layout.highestRemoved, limit: maximumNumberBytes)
    listing.highestRemoved = removed.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    return listing
  }

  private static let maximumNumberBytes = 32

  /// Returns the state of a job; nil if the listing does not have it.
  package func state(of id: JobIdentifier) -> JobState? {
    JobState.allCases.first { jobs[$0]?.contains(id) ?? false }
  }

  /// The highest arrival number in use.
  package var highestNumber: Int {
    let numbers = jobs.values.joined().map(\.number) + claims.map(\.number) + results.map(\.number)
    return max(numbers.max() ?? 0, highestRemoved)
  }
}
