internal import DurableFiles
internal import Wording

/// The sizes of the results of each submitter.
///
/// A result never changes, so each is measured once. Not Sendable: one thread measures.
package final class ResultSizes {
  private struct Result {
    let submitterID: UInt32
    let byteCount: Int
  }

  /// The number of large results that a message names.
  private static let namedResults = 3

  private var known: [JobIdentifier: Result] = [:]

  package init() {}

  /// Returns the reason for which a submitter with large results may not submit more jobs; nil if there is none.
  ///
  /// A result that names no submitter counts for nobody.
  ///
  /// `maximumBytes`: The size of all results from which jobs are rejected.
  package func fault(of submitter: Submitter, maximumBytes: Int) -> String? {
    let own = known.filter { $0.value.submitterID == submitter.userID }
    let byteCount = own.values.reduce(0) { $0 + $1.byteCount }
    guard byteCount >= maximumBytes else { return nil }
    let largest = own.sorted { ($0.value.byteCount, $0.key) > ($1.value.byteCount, $1.key) }
      .prefix(Self.namedResults).map { "\($0.key) (\(ByteText.of($0.value.byteCount)))" }
    return
      "the results of \(submitter.title) take \(ByteText.of(byteCount)); from \(ByteText.of(maximumBytes)) on, jobs are "
      + "rejected (max_result_bytes_per_submitter). Remove results that are no longer needed with `deepspool remove`, "
      + "then submit the job again; the largest are \(largest.joined(separator: ", "))"
  }

  /// Measures the results that are new, and forgets those that are gone.
  package func measure(_ directory: SpoolDirectory) {
    let names = (try? directory.fileSystem.list(directory.layout.results)) ?? []
    let ids = Set(names.compactMap { JobIdentifier($0) })
    known = known.filter { ids.contains($0.key) }
    for id in ids where known[id] == nil {
      guard let submitterID = directory.submitterID(ofResult: id) else { continue }
      known[id] = Result(
        submitterID: submitterID, byteCount: directory.fileSystem.byteCount(ofTree: directory.layout.result(id)))
    }
  }
}
