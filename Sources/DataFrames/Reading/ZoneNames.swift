/// The abbreviations of time zones that have one meaning.
///
/// `CST` and `BST` have several, and times with them are not read. `CDT` goes with `CST`.
enum ZoneNames {
  /// The hours ahead of UTC.
  private static let hours: [(name: StaticString, hours: Int)] = [
    ("utc", 0), ("gmt", 0), ("z", 0), ("cest", 2), ("cet", 1), ("mesz", 2), ("mez", 1), ("west", 1), ("wet", 0),
    ("eest", 3), ("eet", 2), ("msk", 3), ("jst", 9), ("est", -5), ("edt", -4), ("mst", -7), ("mdt", -6), ("pst", -8),
    ("pdt", -7),
  ]

  /// Reads the name of a zone, and returns the minutes by which its time is ahead of UTC; nil without one.
  static func take(_ scanner: inout TimeScanner) -> Int? {
    hours.first { scanner.skips($0.name) }.map { $0.hours * 60 }
  }
}
