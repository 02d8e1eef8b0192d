internal import DeepLearning

/// How many copies of the network are trained side by side, and how often they are averaged.
///
/// A function of the job and its data alone, never of the machine: the same job gives the same bytes with any number of
/// threads.
package struct ShardPlan: Sendable, Hashable {
  /// Tables with fewer rows are trained in one copy: they are done in seconds, and lose more than they gain.
  private static let minimumRows = 20_000
  /// Copies where the job leaves it open.
  static let automaticCount = 4
  /// Rows that each copy sees between two averages; measured, see docs/decisions/0006.
  private static let rowsBetweenAverages = 500

  package let count: Int
  /// Entries of the row order between two averages, all copies together.
  let roundEntries: Int

  /// One copy.
  static let single = ShardPlan(count: 1)

  private init(count: Int) {
    self.count = count
    roundEntries = count * Self.rowsBetweenAverages
  }

  /// - `request`: Copies that the job asks for; 0 leaves it open.
  /// - `isPossible`: Whether engine and options can be averaged.
  init(request: Int, rowCount: Int, isPossible: Bool) {
    guard isPossible else {
      self = .single
      return
    }
    self.init(count: request > 0 ? request : rowCount < Self.minimumRows ? 1 : Self.automaticCount)
  }
}
