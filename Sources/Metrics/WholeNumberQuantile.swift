/// Quantiles of weighted numbers as H2O computes them, by refining a histogram around the quantile,
/// with whole-number ranks.
///
/// The weight below a bin is truncated to a whole number after each added bin, so fractional
/// weights move the quantile. With weights of one, it is the usual quantile with linear
/// interpolation ("type 7"). Observed in H2O 3.46 (golden cases of weighted rows in
/// Tests/Support/golden).
struct WholeNumberQuantile: Sendable {
  typealias Item = WeightedQuantiles.Item

  private static let binCount = 1024
  /// The maximum number of rounds; each divides the range by the number of bins, so a few exhaust double precision.
  private static let mostRounds = 60

  private struct Bin {
    var weight = 0.0
    var smallest = 0.0
    var largest = 0.0
  }

  private let items: [Item]
  private let total: Double
  private let range: ClosedRange<Double>

  /// Returns nil without items of positive weight.
  init?(_ items: [Item]) {
    self.items = items.filter { $0.weight > 0 }
    // Items without weight widen the range and thereby move the bins.
    let values = items.map(\.value)
    guard !self.items.isEmpty, let low = values.min(), let high = values.max() else { return nil }
    range = low...high
    total = self.items.reduce(0) { $0 + $1.weight }
  }

  /// Returns the value below which the fraction `share` of the weight lies.
  func value(at share: Double) -> Double {
    let position = share * (total - 1)
    let rank = position.rounded(.towardZero)
    var (low, high, below) = (range.lowerBound, range.upperBound, 0.0)
    for _ in 0..<Self.mostRounds {
      let ulp = max(abs(low), abs(high)).ulp
      let step = (high + ulp - low) / Double(Self.binCount)
      let bins = bins(from: low, step: step)
      let end = low + step * Double(Self.binCount)
      let lower = index(of: rank, in: bins, below: below)
      let lowerValue = lower.map { bins[$0].largest } ?? end
      if let lower, rank == position, bins[lower].smallest == lowerValue { return lowerValue }
      let upper = index(of: rank + 1, in: bins, below: below)
      let upperValue = upper.map { bins[$0].smallest } ?? end
      if lower != upper || lowerValue == upperValue {
        return between(lowerValue, upperValue, share: share, rank: rank)
      }
      guard let lower else { return end }
      let last = rank == position ? lower : upper ?? lower
      for bin in bins[..<lower] { below = (below + bin.weight).rounded(.towardZero) }
      (low, high) = (bins[lower].smallest, bins[last].largest)
    }
    return low
  }

  private func bins(from low: Double, step: Double) -> [Bin] {
    var bins = [Bin](repeating: Bin(), count: Self.binCount)
    for item in items {
      let position = (item.value - low) / step
      guard position >= 0, position < Double(Self.binCount) else { continue }
      let index = Int(position)
      let isFirst = bins[index].weight == 0
      bins[index].smallest = isFirst ? item.value : min(bins[index].smallest, item.value)
      bins[index].largest = isFirst ? item.value : max(bins[index].largest, item.value)
      bins[index].weight += item.weight
    }
    return bins
  }

  /// Returns the bin that holds the item of a rank; nil beyond the last.
  private func index(of rank: Double, in bins: [Bin], below: Double) -> Int? {
    var sum = below
    for (index, bin) in bins.enumerated() {
      sum = (sum + bin.weight).rounded(.towardZero)
      if rank < sum { return index }
    }
    return nil
  }

  private func between(_ low: Double, _ high: Double, share: Double, rank: Double) -> Double {
    guard low != high else { return low }
    let (lowShare, highShare) = (rank / (total - 1), (rank + 1) / (total - 1))
    return low + (high - low) * (share - lowShare) / (highShare - lowShare)
  }
}
