internal import Algorithms

/// A streaming histogram of predicted probabilities with at most 400 bins, for AUC and thresholds.
///
/// It is exact up to 400 distinct probabilities; beyond that, the cheapest adjacent bins are
/// merged. Source: Ben-Haim and Tom-Tov 2010, with the merging rules of H2O
/// (h2o-behaviour.md#metrics-of-two-classes).
package struct AUCHistogram: Sendable {
  package static let maximumBins = 400

  package struct Bin: Sendable, Equatable {
    /// The centre: the mean of the probabilities in the bin.
    package var center: Double
    /// The sum of squared distances from the centre that merging has caused.
    var squaredError: Double
    /// The total weight of rows of class 1.
    package var positives: Double
    /// The total weight of rows of class 0.
    package var negatives: Double

    var weight: Double { positives + negatives }
  }

  /// The bins in ascending order of their centres.
  package private(set) var bins: [Bin] = []
  /// The left bin of the cheapest adjacent pair, if known.
  private var cheapestPair: Int?

  package init() {}

  /// Adds one row.
  ///
  /// - `probability`: The predicted probability of class 1.
  /// - `isPositive`: True if the row is of class 1.
  package mutating func insert(_ probability: Double, isPositive: Bool, weight: Double = 1) {
    let position = firstBin(notBelow: probability)
    if position < bins.count, bins[position].center == probability {
      if isPositive { bins[position].positives += weight } else { bins[position].negatives += weight }
      cheapestPair = nil
      return
    }
    let new = Bin(
      center: probability, squaredError: 0, positives: isPositive ? weight : 0, negatives: isPositive ? 0 : weight)
    if bins.count == Self.maximumBins, position > 0, position < bins.count,
      bins[position - 1].center != bins[position].center, absorb(new, between: position - 1, and: position)
    {
      return
    }
    bins.insert(new, at: position)
    cheapestPair = nil
    if bins.count > Self.maximumBins { mergeCheapest() }
  }

  /// Adds all rows of another histogram.
  ///
  /// The bins of both are merged in order. Then the cheapest pairs are merged until at most
  /// ``maximumBins`` remain and no two centres agree in single precision.
  package mutating func merge(_ other: AUCHistogram) {
    var merged: [Bin] = []
    merged.reserveCapacity(bins.count + other.bins.count)
    var (own, foreign) = (bins[...], other.bins[...])
    while let mine = own.first, let theirs = foreign.first {
      // From the high end, an equal bin of this histogram comes first; from the low end, it comes last.
      merged.append(theirs.center <= mine.center ? foreign.removeFirst() : own.removeFirst())
    }
    bins = merged + own + foreign
    cheapestPair = nil
    while bins.count > Self.maximumBins || hasDuplicates { mergeCheapest() }
  }

  private var hasDuplicates: Bool {
    zip(bins, bins.dropFirst()).contains { Float($0.center) == Float($1.center) }
  }

  private func firstBin(notBelow probability: Double) -> Int {
    bins.partitioningIndex { $0.center >= probability }
  }

  /// Merges the new bin of a full histogram into a neighbour, if that costs less than the cheapest other merge.
  private mutating func absorb(_ new: Bin, between left: Int, and right: Int) -> Bool {
    let pair = findCheapestPair()
    let limit = cost(of: pair)
    let toLeft = bins[left].squaredError + Self.mergeCost(new, bins[left])
    let toRight = bins[right].squaredError + Self.mergeCost(bins[right], new)
    guard toLeft < limit || toRight < limit else { return false }
    let target = toLeft <= toRight ? left : right
    var bin = bins[target]
    bin.squaredError = target == left ? toLeft : toRight
    bin.center = (bin.center * bin.weight + new.center * new.weight) / (bin.weight + new.weight)
    bin.positives += new.positives
    bin.negatives += new.negatives
    bins[target] = bin
    cheapestPair = nil
    return true
  }

  private mutating func mergeCheapest() {
    let pair = findCheapestPair()
    let (left, right) = (bins[pair], bins[pair + 1])
    bins[pair] = Bin(
      center: (left.center * left.weight + right.center * right.weight) / (left.weight + right.weight),
      squaredError: left.squaredError + right.squaredError + Self.mergeCost(right, left),
      positives: left.positives + right.positives, negatives: left.negatives + right.negatives)
    bins.remove(at: pair + 1)
    cheapestPair = nil
  }

  /// Returns the first of the cheapest pairs; a pair that is equal in single precision ends the search.
  private mutating func findCheapestPair() -> Int {
    if let cheapestPair { return cheapestPair }
    var best = 0
    var bestCost = Double.infinity
    for index in 0..<bins.count - 1 {
      let cost = cost(of: index)
      guard cost < bestCost else { continue }
      (best, bestCost) = (index, cost)
      if cost == 0 { break }
    }
    cheapestPair = best
    return best
  }

  private func cost(of pair: Int) -> Double {
    let distance = Self.mergeCost(bins[pair + 1], bins[pair])
    return distance == 0 ? 0 : bins[pair].squaredError + bins[pair + 1].squaredError + distance
  }

  /// Returns the squared error that merging two bins adds; zero if their centres agree in single precision.
  private static func mergeCost(_ upper: Bin, _ lower: Bin) -> Double {
    let distance = Double(Float(upper.center) - Float(lower.center))
    guard distance != 0 else { return 0 }
    return distance * distance * lower.weight * upper.weight / (lower.weight + upper.weight)
  }
}
