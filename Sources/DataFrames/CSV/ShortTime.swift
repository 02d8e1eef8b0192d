/// A time such as `2024-01-31` or `2024-01-31 12:34:56`, and the length of its field.
///
/// ``TimeParser`` reads the same time from these bytes.
struct ShortTime {
  /// The bytes of `0000-00-`, and those that are not digits.
  private static let date: (form: UInt64, known: UInt64) = (0x2D30_302D_3030_3030, 0xFF00_00FF_0000_0000)
  /// The same for `00:00:00`.
  private static let time: (form: UInt64, known: UInt64) = (0x3030_3A30_303A_3030, 0x0000_FF00_00FF_0000)
  private static let (dateLength, timeLength) = (10, 19)

  let days: Int
  /// The seconds since midnight.
  let seconds: Int
  let length: Int

  /// Reads the field at `start`, behind which 16 bytes can be read; nil for other fields.
  @inline(__always)
  init?(_ start: UnsafePointer<UInt8>) {
    guard let date = ShortNumber.values(FieldEnds.word(start), form: Self.date.form, known: Self.date.known) else {
      return nil
    }
    let (tens, ones) = (start[8] &- 48, start[9] &- 48)
    guard tens < 10, ones < 10 else { return nil }
    let year = Int(ShortNumber.number(date << 32))
    let month = Self.two(date >> 40)
    let day = Int(tens) * 10 + Int(ones)
    guard (1...12).contains(month), day >= 1, day <= 28 || day <= CivilDate.days(ofMonth: month, year: year) else {
      return nil
    }
    days = CivilDate(year: year, month: month, day: day).days
    let behind = start[10]
    guard behind == UInt8(ascii: " ") || behind == UInt8(ascii: "T") else {
      (seconds, length) = (0, Self.dateLength)
      return
    }
    guard let time = ShortNumber.values(FieldEnds.word(start + 11), form: Self.time.form, known: Self.time.known) else {
      return nil
    }
    let (hour, minute, second) = (Self.two(time), Self.two(time >> 24), Self.two(time >> 48))
    guard hour < 24, minute < 60, second < 60 else { return nil }
    (seconds, length) = ((hour * 60 + minute) * 60 + second, Self.timeLength)
  }

  /// Returns the number whose two digits are the lowest bytes of `values`.
  @inline(__always)
  private static func two(_ values: UInt64) -> Int { Int(values & 0xFF) * 10 + Int(values >> 8 & 0xFF) }
}
