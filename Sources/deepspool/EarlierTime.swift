import ArgumentParser
internal import Documents
internal import Glibc
internal import JobFiles
internal import Jobs

/// A time that the command line gives: a date, a time in ISO 8601, or an age such as `2d`.
package struct EarlierTime: ExpressibleByArgument {
  private static let units: [(letter: Character, seconds: Double)] = [
    ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("w", 604_800),
  ]

  package let secondsSince1970: Double

  package init?(argument: String) {
    if let unit = Self.units.first(where: { $0.letter == argument.last }), let number = Double(argument.dropLast()),
      number >= 0
    {
      secondsSince1970 = Clocks.wallSeconds() - number * unit.seconds
      return
    }
    guard let seconds = Self.local(argument) ?? Self.absolute(argument) else { return nil }
    secondsSince1970 = seconds
  }

  /// Returns a time with a time zone.
  private static func absolute(_ text: String) -> Double? {
    let node = DocumentNode(
      location: SourceLocation(file: "", line: 1, column: 1), content: .scalar(text, isPlain: true))
    return (try? JobTime.parse(node))?.secondsSince1970
  }

  /// Returns a date, or a date and time, in the local time zone.
  private static func local(_ text: String) -> Double? {
    let halves = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
    let date = numbers(halves[0], separator: "-")
    let time = halves.count == 2 ? numbers(halves[1], separator: ":") : [0, 0]
    guard let date, let time, date.count == 3, (2...3).contains(time.count), (1...12).contains(date[1]),
      (1...31).contains(date[2]), (0...24).contains(time[0]), time.dropFirst().allSatisfy({ (0...60).contains($0) })
    else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (date[0] - 1900, date[1] - 1, date[2])
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (time[0], time[1], time.count == 3 ? time[2] : 0)
    parts.tm_isdst = -1
    return Double(mktime(&parts))
  }

  /// Returns the whole numbers between separators; nil for any other text.
  private static func numbers(_ text: Substring, separator: Character) -> [Int32]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count <= 4 && $0.allSatisfy(\.isWholeNumber) ? Int32($0) : nil }
    return numbers.count == parts.count ? numbers : nil
  }
}
