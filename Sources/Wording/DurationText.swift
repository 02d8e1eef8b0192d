/// Formats durations in seconds.
package enum DurationText {
  private static let (minute, hour, day) = (60, 3600, 86_400)
  /// A longest duration that counts as known; longer ones come from a clock that was set or from a first measurement.
  private static let maximumSeconds = 1e10

  /// Returns a text without blanks for tables: `45s`, `4m10s`, `2h05m`, `3d04h`.
  package static func compact(_ seconds: Double) -> String {
    guard let seconds = whole(seconds) else { return "?" }
    switch seconds {
    case ..<minute: return "\(seconds)s"
    case ..<hour: return "\(seconds / minute)m\(two(seconds % minute))s"
    case ..<day: return "\(seconds / hour)h\(two(seconds % hour / minute))m"
    default: return "\(seconds / day)d\(two(seconds % day / hour))h"
    }
  }

  /// Returns a text for sentences: `45 s`, `4 min`, `2 h 5 min`, `3 d 4 h`.
  package static func words(_ seconds: Double) -> String {
    guard let seconds = whole(seconds) else { return "unknown time" }
    let minutes = (seconds + minute / 2) / minute
    let hours = (seconds + hour / 2) / hour
    switch seconds {
    case ..<90: return "\(seconds) s"
    case _ where minutes < 60: return "\(minutes) min"
    case _ where minutes < day / minute: return "\(minutes / 60) h \(minutes % 60) min"
    default: return "\(hours / 24) d \(hours % 24) h"
    }
  }

  /// Returns a text for sentences about times that may be short: `0.04 s`, `2.5 s`, then as ``words(_:)``.
  package static func precise(_ seconds: Double) -> String {
    guard seconds < 10 else { return words(seconds) }
    let scale = seconds < 1 ? 100.0 : 10
    return "\(NumberText.shortest((seconds * scale).rounded() / scale)) s"
  }

  private static func whole(_ seconds: Double) -> Int? {
    seconds.isFinite && seconds < maximumSeconds ? Int(max(0, seconds).rounded()) : nil
  }

  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}
