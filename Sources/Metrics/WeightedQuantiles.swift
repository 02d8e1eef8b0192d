internal import Algorithms

/// Quantiles of weighted numbers.
package struct WeightedQuantiles: Sendable {
  package struct Item: Sendable {
    package let value: Double
    package let weight: Double

    package init(value: Double, weight: Double) {
      self.value = value
      self.weight = weight
    }
  }

  /// The method of finding a quantile.
  private enum Method {
    /// Each number is at the middle of its weight; the quantile is linear between neighbours.
    ///
    /// The smallest number is the quantile of 0, and the largest that of 1. With equal weights of
    /// any size, this is "type 7" of Hyndman and Fan, 1996.
    case middles(places: [Double], values: [Double])
    case wholeNumbers(WholeNumberQuantile)
  }

  private let method: Method

  /// Returns nil without items of positive weight.
  package init?(_ items: [Item], counting: RowCounting) {
    switch counting {
    case .weights:
      let sorted = items.filter { $0.weight > 0 }.sorted { $0.value < $1.value }
      guard !sorted.isEmpty else { return nil }
      var below = 0.0
      let places = sorted.map { item in
        defer { below += item.weight }
        return below + item.weight / 2
      }
      method = .middles(places: places, values: sorted.map(\.value))
    case .wholeNumbers:
      guard let finder = WholeNumberQuantile(items) else { return nil }
      method = .wholeNumbers(finder)
    }
  }

  /// Returns the number below which the fraction `share` (0 to 1) of the weight lies.
  package func value(at share: Double) -> Double {
    switch method {
    case .wholeNumbers(let finder): return finder.value(at: share)
    case .middles(let places, let values):
      let place = places[0] + share * (places[places.count - 1] - places[0])
      let upper = places.partitioningIndex { $0 >= place }
      guard upper > 0 else { return values[0] }
      guard upper < values.count else { return values[values.count - 1] }
      let part = (place - places[upper - 1]) / (places[upper] - places[upper - 1])
      return values[upper - 1] + part * (values[upper] - values[upper - 1])
    }
  }
}
