/// The words that describe a chart to those who cannot see it.
enum ChartText {
  /// The number of values that a description lists.
  static let listed = 12

  /// Returns `training: 0.69 at 0 to 0.45 at 20, smallest 0.44 at 18, largest 0.69 at 0`.
  static func curve(_ name: String, _ points: [(x: Double, y: Double)]) -> String {
    guard let first = points.first, let last = points.last,
      let lowest = points.min(by: { $0.y < $1.y }), let highest = points.max(by: { $0.y < $1.y })
    else { return "\(name): no points" }
    func place(_ point: (x: Double, y: Double)) -> String {
      "\(ChartNumber.text(point.y)) at \(ChartNumber.text(point.x))"
    }
    return "\(name): from \(place(first)) to \(place(last)), smallest \(place(lowest)), largest \(place(highest))"
  }

  /// Returns the first items, and the number of others.
  static func list(_ items: [String]) -> String {
    items.prefix(listed).joined(separator: "; ") + (items.count > listed ? "; and \(items.count - listed) more" : "")
  }

  /// Returns sentences, each with a full stop.
  static func sentences(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.map { $0.hasSuffix(".") ? $0 : "\($0)." }.joined(separator: " ")
  }
}
