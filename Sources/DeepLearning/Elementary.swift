import Glibc

/// Elementary functions, and H2O's approximations of the square root.
package enum Elementary {
  package static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  package static func log(_ x: Double) -> Double { Glibc.log(x) }
  package static func pow(_ x: Double, _ y: Double) -> Double { Glibc.pow(x, y) }
  package static func cosine(_ x: Double) -> Double { Glibc.cos(x) }
  package static func squareRoot(_ x: Double) -> Double { x.squareRoot() }

  /// Returns exp(x), at most 1e19; the bound keeps distributions with a log link from overflowing, as in H2O.
  package static func boundedExp(_ x: Double) -> Double { min(1e19, Glibc.exp(x)) }

  /// Returns log(x), at least -19; -19 also for 0 and negative numbers.
  package static func boundedLog(_ x: Double) -> Double { x <= 0 ? -19 : max(-19, Glibc.log(x)) }

  /// Returns H2O's bit-trick square root in single precision; its error is -2.3 % to +4.5 %, by mantissa.
  package static func approximateSquareRoot(_ x: Float) -> Float {
    Float(bitPattern: UInt32(bitPattern: 532_483_686 &+ (Int32(bitPattern: x.bitPattern) >> 1)))
  }

  /// Returns H2O's bit-trick square root in double precision; its error is -2.8 % to +4.1 %.
  package static func approximateSquareRoot(_ x: Double) -> Double {
    let high = (Int64(bitPattern: x.bitPattern) >> 32) &+ 1_072_632_448
    return Double(bitPattern: UInt64(bitPattern: high << 31))
  }

  /// Returns H2O's inverse square root in single precision: a bit trick and one Newton step.
  package static func approximateInverseSquareRoot(_ x: Float) -> Float {
    let half = 0.5 * x
    let guess = Float(bitPattern: UInt32(bitPattern: 0x5f37_59df &- (Int32(bitPattern: x.bitPattern) >> 1)))
    return guess * (1.5 - half * guess * guess)
  }
}
