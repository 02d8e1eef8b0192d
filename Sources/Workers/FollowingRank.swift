internal import Jobs
package import Training

/// A rank other than 0: it trains copies and whole models as rank 0 orders.
package struct FollowingRank: Sendable {
  private let ranks: RankGroup

  package init(_ ranks: RankGroup) { self.ranks = ranks }

  /// Follows orders until rank 0 orders the end; blocks.
  ///
  /// - Throws: `RankFault` if an order is unintelligible.
  package func run() throws { try RankFollower(ranks, mailbox: RankModels().mailbox).run() }
}
