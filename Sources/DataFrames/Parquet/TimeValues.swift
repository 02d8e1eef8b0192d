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
    let date = CivilDate(days: Int(days)).text
    return rest == 0 ? date : "\(date) \(CivilDate.timeText(milliseconds: Int(rest)))"
  }
}
