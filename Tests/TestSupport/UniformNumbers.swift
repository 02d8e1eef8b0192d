/// A small random generator that gives the same numbers on every machine.
package struct UniformNumbers {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// Returns a uniform number in 0 ..< 1.
  package mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1
    return Double(state >> 11) / Double(1 << 53)
  }
}
