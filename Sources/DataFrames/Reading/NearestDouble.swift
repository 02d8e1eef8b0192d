/// Rounds decimal numbers to the nearest double without the C library.
enum NearestDouble {
  /// The largest power of ten that the 64-bit mantissa of an extended number represents exactly.
  private static let largestExponent = 27

  /// Returns the double nearest to `mantissa` times ten to the power of `exponent`.
  ///
  /// Both are exact in extended precision, so one operation rounds to 64 bits. A second rounding to 53
  /// bits is right unless the cut bits lie at the middle; there, and for larger exponents, the result
  /// is nil, and so it is on processors without extended numbers.
  static func quotient(_ mantissa: Int, exponent: Int) -> Double? {
    #if arch(x86_64) || arch(i386)
      guard abs(exponent) <= largestExponent, mantissa > 0 else { return mantissa == 0 ? 0 : nil }
      let extended = Float80(mantissa)
      let value = exponent < 0 ? extended / powers[-exponent] : extended * powers[exponent]
      let cut = value.significandBitPattern & 0x7FF
      guard cut < 0x3FF || cut > 0x401 else { return nil }
      return Double(value)
    #else
      return mantissa == 0 ? 0 : nil
    #endif
  }

  #if arch(x86_64) || arch(i386)
    private static let powers: [Float80] = (0...largestExponent).map { exponent in
      (0..<exponent).reduce(Float80(1)) { power, _ in power * 10 }
    }
  #endif
}
