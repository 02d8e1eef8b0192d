internal import Glibc

/// Logarithms as the metrics need them.
enum Logarithm {
  static func natural(_ x: Double) -> Double { log(x) }
}
