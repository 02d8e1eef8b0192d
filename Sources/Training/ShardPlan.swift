/// How many copies of the network are trained side by side, and how often they are averaged.
///
/// A function of the job alone, never of the machine: the same job gives the same bytes with any number of threads.
package struct ShardPlan: Sendable, Hashable {
  /// Rows that each copy sees between two averages; measured, see docs/decisions/0006.
  package static let rowsBetweenAverages = 500

  package let count: Int
  /// Entries of the row order between two averages, all copies together.
  let roundEntries: Int

  /// - `request`: Copies that the job asks for.
  /// - `isPossible`: Whether engine and options can be averaged; otherwise there is one copy.
  package init(request: Int, isPossible: Bool) {
    count = isPossible ? request : 1
    roundEntries = count * Self.rowsBetweenAverages
  }
}
