/// Formats sizes in bytes.
package enum ByteText {
  /// Returns text such as `9 bytes`, `12.3 kB` or `4.1 GB`, in decimal units.
  package static func of(_ bytes: Int) -> String {
    var value = Double(bytes)
    let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
    var unit = 0
    while abs(value) >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    let isWhole = unit == 0 || abs(value) >= 99.5
    let rounded = isWhole ? String(Int(value.rounded())) : String((value * 10).rounded() / 10)
    return "\(rounded) \(units[unit])"
  }
}
