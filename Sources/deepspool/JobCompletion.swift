import ArgumentParser
internal import DurableFiles
internal import JobFiles
internal import Spooling

extension CompletionKind {
  /// The identifiers of the jobs in the spool that the command line names, or in the usual one.
  static let jobs = CompletionKind.custom { words, _, _ in JobCompletion.identifiers(words) }

  /// Job files.
  static let jobFiles = CompletionKind.file(extensions: SpoolDirectory.jobFileExtensions)
}

/// The identifiers that a shell offers for the name of a job.
enum JobCompletion {
  private static let option = "--spool"
  /// More are of no use in a menu.
  private static let maximumCount = 200

  /// Returns identifiers, the newest first.
  ///
  /// `words`: The words of the command line so far.
  static func identifiers(_ words: [String]) -> [String] {
    let named = words.firstIndex(of: option).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    guard let root = named ?? (try? SpoolOptions.configured()),
      let listing = try? SpoolListing.read(SpoolLayout(root: root), fileSystem: FileSystem())
    else { return [] }
    return listing.jobs.values.joined().sorted(by: >).prefix(maximumCount).map(\.description)
  }
}
