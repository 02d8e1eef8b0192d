/// The number of copies of the network that are trained in parallel, and how often they are averaged.
///
/// It depends on the job alone, never on the machine: the same job gives the same bytes with any number of threads.
package struct ShardPlan: Sendable, Hashable {
  /// The rows that each copy trains on between two averaging steps; measured in docs/decisions/0006.
  package static let rowsBetweenAverages = 500

  package let count: Int
  /// The entries of the row order between two averaging steps, for all copies together.
  let roundEntries: Int

  /// - `request`: The number of copies that the job requests.
  /// - `isPossible`: Whether engine and options support averaging; otherwise there is one copy.
  package init(request: Int, isPossible: Bool) {
    count = isPossible ? request : 1
    roundEntries = count * Self.rowsBetweenAverages
  }
}
