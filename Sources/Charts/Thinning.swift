/// Reduces a curve to the points that differ on a screen.
enum Thinning {
  /// The number of intervals of the horizontal axis; more are not visible.
  private static let intervals = 150

  /// Returns the first, last, lowest and highest point of each interval, in their order.
  ///
  /// No extreme is lost. Points must ascend along the horizontal axis; others are returned unchanged.
  static func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    guard points.count > 4 * intervals, let first = points.first?.x, let last = points.last?.x, last > first,
      zip(points, points.dropFirst()).allSatisfy({ $0.x <= $1.x })
    else { return points }
    var kept: [(x: Double, y: Double)] = []
    var start = 0
    while start < points.count {
      let interval = Self.interval(points[start].x, from: first, to: last)
      var end = start + 1
      while end < points.count, Self.interval(points[end].x, from: first, to: last) == interval { end += 1 }
      let indices = start..<end
      let lowest = indices.min { points[$0].y < points[$1].y } ?? start
      let highest = indices.max { points[$0].y < points[$1].y } ?? start
      kept += Set([start, lowest, highest, end - 1]).sorted().map { points[$0] }
      start = end
    }
    return kept
  }

  private static func interval(_ x: Double, from first: Double, to last: Double) -> Int {
    min(intervals - 1, Int((x - first) / (last - first) * Double(intervals)))
  }
}
