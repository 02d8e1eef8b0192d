internal import Wording

/// Formats metrics of models for people.
enum MetricText {
  /// The magnitude from which on four decimals mean nothing.
  private static let large = 1e9

  /// Returns a value with at most four decimals, or with three significant digits if it is small.
  static func rounded(_ value: Double) -> String {
    NumberText.shortest(abs(value) < large ? NumberText.rounded(value) : value)
  }
}
