/// H2O's random generator: PCG-XSH-RR with 64 bits of state and 32 bits of output.
///
/// Seeds, stream and derived draws match H2O's, so that a seed gives the same initial weights, row order
/// and dropout masks. Source: O'Neill 2014, PCG: A Family of Simple Fast Space-Efficient Statistically Good
/// Algorithms; test vectors in h2o-behaviour.md#test-vectors-of-the-generator.
package struct RandomGenerator: Sendable {
  private static let multiplier: UInt64 = 6_364_136_223_846_793_005
  /// Stream 1, shifted left and made odd.
  private static let increment: UInt64 = 3

  private var state: UInt64 = 0
  private var spareGaussian: Double?

  /// Starts the sequence of `seed`; as in H2O, seed arithmetic wraps modulo 2^64.
  package init(seed: UInt64) { restart(seed: seed) }

  /// Restarts at the beginning of the sequence of `seed`, discarding a spare Gaussian draw.
  package mutating func restart(seed: UInt64) {
    state = 0
    _ = nextUInt32()
    state &+= seed
    _ = nextUInt32()
    spareGaussian = nil
  }

  /// Returns the next 32 bits.
  package mutating func nextUInt32() -> UInt32 {
    let old = state
    state = old &* Self.multiplier &+ Self.increment
    let shifted = UInt32(truncatingIfNeeded: ((old >> 18) ^ old) >> 27)
    let rotation = UInt32(truncatingIfNeeded: old >> 59)
    return (shifted >> rotation) | (shifted << ((~rotation &+ 1) & 31))
  }

  /// Returns the next 64 bits; the first draw is the high word.
  package mutating func nextUInt64() -> UInt64 {
    let high = UInt64(nextUInt32())
    return high << 32 | UInt64(nextUInt32())
  }

  /// Returns the low `count` bits of a 64-bit draw.
  private mutating func nextBits(_ count: UInt64) -> UInt64 { nextUInt64() & ((1 << count) - 1) }

  /// Returns a uniform number in [0, 1) with 24 bits.
  package mutating func nextFloat() -> Float { Float(nextBits(24)) / Float(1 << 24) }

  /// Returns a uniform number in [0, 1) with 53 bits.
  package mutating func nextDouble() -> Double {
    let high = nextBits(26) << 27
    return Double(high + nextBits(27)) / Double(1 << 53)
  }

  /// Returns a uniform index in 0..<bound.
  package mutating func nextIndex(below bound: Int) -> Int { Int(nextUInt32() % UInt32(bound)) }

  /// Shuffles the elements (Fisher and Yates), with one draw per element in order.
  package mutating func shuffle<Element>(_ elements: inout [Element]) { shuffle(&elements, first: elements.count) }

  /// Moves `count` elements, drawn at random without replacement, to the front; the other elements follow.
  package mutating func shuffle<Element>(_ elements: inout [Element], first count: Int) {
    for index in 0..<count { elements.swapAt(index, index + nextIndex(below: elements.count - index)) }
  }

  /// Returns the elements in random order.
  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    shuffle(&elements)
    return elements
  }

  /// Returns a standard normal number by the polar method (Marsaglia and Bray 1964), which draws them in pairs.
  package mutating func nextGaussian() -> Double {
    if let spare = spareGaussian {
      spareGaussian = nil
      return spare
    }
    while true {
      let first = 2 * nextDouble() - 1
      let second = 2 * nextDouble() - 1
      let square = first * first + second * second
      guard square < 1, square != 0 else { continue }
      let scale = Elementary.squareRoot(-2 * Elementary.log(square) / square)
      spareGaussian = second * scale
      return first * scale
    }
  }

  /// Returns the bytes of successive 32-bit draws, least significant first.
  package mutating func nextBytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      var word = nextUInt32()
      for _ in 0..<min(4, count - bytes.count) {
        bytes.append(UInt8(truncatingIfNeeded: word))
        word >>= 8
      }
    }
    return bytes
  }
}

extension UInt64 {
  /// The two's complement bits of a signed seed.
  package init(seed: Int) { self.init(bitPattern: Int64(seed)) }
}
