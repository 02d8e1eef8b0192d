/// A range of numbers with ticks at round numbers.
struct Axis {
  let lower: Double
  let upper: Double
  let ticks: [Double]

  /// The largest magnitude that is drawn; distances between larger numbers could overflow.
  private static let largest = 1e300
  /// The smallest range that is divided by ticks.
  private static let smallestRange = 1e-300

  /// Covers `values`, with about `count` ticks at 1, 2 or 5 times a power of ten.
  init(_ values: [Double], count: Int = 5, startsAtZero: Bool = false) {
    let finite = values.filter(Self.holds)
    var lower = finite.min() ?? 0
    var upper = finite.max() ?? 1
    if startsAtZero { lower = min(0, lower) }
    if upper - lower < Self.smallestRange {
      let room = max(abs(lower) * 0.1, 1e-9)
      (lower, upper) = (startsAtZero ? min(0, lower) : lower - room, upper + room)
    }
    let step = Self.step((upper - lower) / Double(max(1, count)))
    let first = (lower / step).rounded(.down)
    let last = (upper / step - 1e-9).rounded(.up)
    ticks = (0...max(1, Int(min(50, last - first)))).map { (first + Double($0)) * step }
    self.lower = ticks[0]
    self.upper = ticks[ticks.count - 1]
  }

  /// An axis without ticks, from one number to a larger one.
  init(from lower: Double, to upper: Double) { (self.lower, self.upper, ticks) = (lower, upper, []) }

  /// Returns true if the number can be drawn.
  static func holds(_ value: Double) -> Bool { abs(value) <= largest }

  private static func step(_ raw: Double) -> Double {
    var power = 1.0
    while power * 10 <= raw { power *= 10 }
    while power > raw { power /= 10 }
    for factor in [1.0, 2, 5, 10] where factor * power >= raw { return factor * power }
    return 10 * power
  }

  /// Returns the position of a value between the ends, from 0 to 1.
  func share(_ value: Double) -> Double { (value - lower) / (upper - lower) }

  /// The labels of the ticks, with as many decimals as the step needs.
  var labels: [String] { ticks.map { ChartNumber.text(abs($0) < (upper - lower) * 1e-9 ? 0 : $0) } }
}
