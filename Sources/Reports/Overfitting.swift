/// How far a model is worse on held-out rows than on those that it was trained on.
///
/// The measure is the loss of gain. The gain is the fraction of the trivial model's loss that the model
/// removes. A model that removes 90 % of the log loss (or squared error) on the training rows and 60 % on
/// held-out rows has lost 0.3. The scale is that of R².
package enum Overfitting: Sendable {
  case none
  /// Said without a warning: chance alone often does this on tables of a few hundred rows.
  case slight
  /// A loss of a quarter is seldom chance.
  case strong

  private static let (slightGap, strongGap) = (0.1, 0.25)

  /// `lostGain`: From training to held-out rows; NaN counts as none.
  package init(lostGain: Double) {
    self = lostGain > Self.strongGap ? .strong : lostGain > Self.slightGap ? .slight : .none
  }
}
