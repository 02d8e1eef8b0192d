/// The valid ranges of numbers in files of this program.
///
/// The checksum of a sealed file detects damage only; anyone can seal a file. Every number is
/// checked before it is used as a count, converted or used as an index.
package enum PlausibleRanges {
  /// Rows, iterations and positions; `Double` represents them exactly, and the sum of two does not overflow.
  package static let counts = 0...(1 << 53)
  /// Epochs; a job may request a billion.
  package static let epochs = 0.0...1e10
  /// The duration of a training in seconds, up to about thirty thousand years.
  package static let seconds = 0.0...1e12
  /// Seconds since 1970, up to the year 9999.
  package static let timestamps = 0.0...253_402_300_799
  /// Rows per second.
  package static let speeds = 0.0...1e15
}
