/// Dates of three numbers of two digits, such as `14-01-02`, whose first number may be the year.
struct ShortYears: Sendable {
  private(set) var count = 0
  /// The smallest and largest first and last number.
  private var firsts = (low: Int.max, high: Int.min)
  private var lasts = (low: Int.max, high: Int.min)

  mutating func note(first: Int, last: Int) {
    count += 1
    firsts = (min(firsts.low, first), max(firsts.high, first))
    lasts = (min(lasts.low, last), max(lasts.high, last))
  }

  mutating func add(_ other: ShortYears) {
    count += other.count
    firsts = (min(firsts.low, other.firsts.low), max(firsts.high, other.firsts.high))
    lasts = (min(lasts.low, other.lasts.low), max(lasts.high, other.lasts.high))
  }

  /// True if the last numbers vary at least as much as the first ones: days vary more than years.
  var mayBeginWithYear: Bool { count > 0 && lasts.high - lasts.low >= firsts.high - firsts.low }
}
