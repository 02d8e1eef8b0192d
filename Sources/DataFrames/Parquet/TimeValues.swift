/// Times as Parquet stores them become milliseconds.
enum TimeValues {
  private static let dayMilliseconds: Int64 = 86_400_000
  /// The Julian day of 1970-01-01.
  private static let firstJulianDay: Int64 = 2_440_588

  /// Converts in place; parts of a millisecond are dropped, also before 1970.
  static func convert(
    _ numbers: UnsafeMutableBufferPointer<Int64>, from scale: ParquetColumn.TimeScale
  ) {
    switch scale {
    case .days: for index in numbers.indices { numbers[index] = numbers[index] &* dayMilliseconds }
    case .microseconds:
      for index in numbers.indices { numbers[index] = quotient(numbers[index], 1000) }
    case .nanoseconds:
      for index in numbers.indices { numbers[index] = quotient(numbers[index], 1_000_000) }
    case .milliseconds, .julian: break
    }
  }

  static func milliseconds(julianDay day: Int32, nanoseconds: Int64) -> Int64 {
    (Int64(day) - firstJulianDay) * dayMilliseconds + quotient(nanoseconds, 1_000_000)
  }

  /// Returns the quotient, rounded down.
  @inline(__always)
  private static func quotient(_ number: Int64, _ divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
  }

  /// Returns a time as text: `2024-01-02`, or `2024-01-02 03:04:05.678` if it is not midnight.
  static func text(_ milliseconds: Int64) -> String {
    let days = quotient(milliseconds, dayMilliseconds)
    let rest = milliseconds - days * dayMilliseconds
    // Howard Hinnant's civil_from_days, 2013.
    let shifted = days + 719_468
    let era = quotient(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
    let date = "\(padded(year, 4))-\(padded(civilMonth, 2))-\(padded(day, 2))"
    guard rest != 0 else { return date }
    let time =
      "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1000 % 60, 2))"
    return rest % 1000 == 0 ? "\(date) \(time)" : "\(date) \(time).\(padded(rest % 1000, 3))"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number.magnitude)
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
      + digits
  }
}
