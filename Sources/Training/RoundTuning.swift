/// Adapts the rows between two averaging steps to the measured cost of communication, as H2O does.
///
/// Source: h2o-behaviour.md#iterations; H2O adapts train_samples_per_iteration after each iteration.
struct RoundTuning {
  /// The longest round, as in H2O; a job cannot be suspended within one.
  static let maximumRowsPerCopy = 100_000

  /// The smallest and the largest factor of one step.
  private static let factors = 0.5...2.0
  /// A smaller correction is not worth it.
  private static let tolerance = 0.2
  /// The seconds of computation after which a measurement counts; shorter ones are noise.
  private static let measuredSeconds = 0.01

  private let targetRatio: Double
  private let granule: Int
  private let range: ClosedRange<Int>
  private(set) var roundEntries: Int
  private var computation = 0.0
  private var communication = 0.0

  /// - `granule`: The entries of one mini-batch of each copy, of which a round has a whole number if the range allows it.
  /// - `range`: The limits of a round: from the default to one epoch.
  init(targetRatio: Double, roundEntries: Int, granule: Int, range: ClosedRange<Int>) {
    self.targetRatio = targetRatio
    self.granule = granule
    self.roundEntries = roundEntries
    self.range = range
  }

  /// Notes the seconds that rounds took, and corrects their length once they are measured.
  mutating func note(computation seconds: Double, communication: Double) {
    computation += seconds
    self.communication += communication
    guard computation >= Self.measuredSeconds else { return }
    let ratio = self.communication / computation
    (computation, self.communication) = (0, 0)
    // Longer rounds lower the ratio in proportion.
    let factor = min(
      max(ratio / max(targetRatio, .leastNormalMagnitude), Self.factors.lowerBound), Self.factors.upperBound)
    guard abs(factor - 1) > Self.tolerance else { return }
    let entries = Int(Double(roundEntries) * factor) / granule * granule
    roundEntries = min(max(entries, range.lowerBound), range.upperBound)
  }
}
