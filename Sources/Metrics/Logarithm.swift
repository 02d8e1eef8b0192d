internal import Glibc

/// Logarithms for the metrics.
enum Logarithm {
  static func natural(_ x: Double) -> Double { log(x) }
}
