/// What numbers in a file of ours can be.
///
/// The checksum of a sealed file tells damage; anybody can seal a file. Every number is checked before it is counted,
/// converted or indexed with.
package enum PlausibleRanges {
  /// Rows, iterations and positions: `Double` counts so far exactly, and two of them add up without overflow.
  package static let counts = 0...(1 << 53)
  /// Epochs; a job may ask for a billion.
  package static let epochs = 0.0...1e10
  /// Seconds that a training took: some thirty thousand years.
  package static let seconds = 0.0...1e12
  /// Seconds since 1970, up to the year 9999.
  package static let timestamps = 0.0...253_402_300_799
  /// Rows per second.
  package static let speeds = 0.0...1e15
}
