import ArgumentParser
internal import DurableFiles
internal import JobFiles
internal import Spooling

extension CompletionKind {
  /// The identifiers of the jobs in the spool that the command line names, or in the usual one.
  static let jobs = CompletionKind.custom { words, _, _ in JobCompletion.identifiers(words) }

  /// The identifiers of the jobs to which the order of the command applies.
  static let orderedJobs = CompletionKind.custom { words, _, _ in
    JobCompletion.identifiers(words, for: JobCompletion.order(in: words))
  }

  /// Job files.
  static let jobFiles = CompletionKind.file(extensions: SpoolDirectory.jobFileExtensions)
}

/// The identifiers that a shell offers for the name of a job.
enum JobCompletion {
  private static let option = "--spool"
  /// More are of no use in a menu.
  private static let maximumCount = 200

  /// Returns the order of a command line; nil if it has none.
  static func order(in words: [String]) -> SpoolOrder? { words.lazy.compactMap { SpoolOrder(rawValue: $0) }.first }

  /// Returns identifiers, the newest first.
  ///
  /// - `words`: The words of the command line so far.
  /// - `order`: The order that must apply to the jobs; nil for all jobs.
  static func identifiers(_ words: [String], for order: SpoolOrder? = nil) -> [String] {
    let named = words.firstIndex(of: option).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    guard let root = named ?? (try? SpoolPlace.configured()),
      let listing = try? SpoolListing.read(SpoolLayout(root: root), fileSystem: FileSystem())
    else { return [] }
    let jobs = listing.jobs.filter { order?.applies(to: $0.key) ?? true }
    return jobs.values.joined().sorted(by: >).prefix(maximumCount).map(\.description)
  }
}
