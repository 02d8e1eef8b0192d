/// The numbers of a page without its nulls: whole numbers, or reals.
///
/// Not Sendable: one thread reads a column of a row group.
final class NumberBuffer {
  @exclusivity(unchecked) private(set) var integers: UnsafeMutableBufferPointer<Int64>
  @exclusivity(unchecked) private(set) var reals: UnsafeMutableBufferPointer<Double>
  @exclusivity(unchecked) private(set) var count = 0
  @exclusivity(unchecked) private(set) var isReal = false

  init() {
    integers = .allocate(capacity: 0)
    reals = .allocate(capacity: 0)
  }

  deinit {
    integers.deallocate()
    reals.deallocate()
  }

  /// Makes room for `count` whole numbers, which the caller sets.
  func makeIntegers(_ count: Int) -> UnsafeMutableBufferPointer<Int64> {
    self.count = count
    isReal = false
    return Self.room(for: count, in: &integers)
  }

  /// Makes room for `count` reals, which the caller sets; whole numbers stay as they are.
  func makeReals(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
    self.count = count
    isReal = true
    return Self.room(for: count, in: &reals)
  }

  /// Returns the first `count` places of a buffer, which is replaced if it has fewer.
  private static func room<Number>(
    for count: Int, in buffer: inout UnsafeMutableBufferPointer<Number>
  ) -> UnsafeMutableBufferPointer<Number> {
    if buffer.count < count {
      buffer.deallocate()
      buffer = .allocate(capacity: count)
    }
    return UnsafeMutableBufferPointer(rebasing: buffer[..<count])
  }

  /// Takes the entries of `dictionary` with the given numbers, all of which it has.
  func take(_ indexes: UnsafeBufferPointer<UInt32>, of dictionary: NumberBuffer) {
    if dictionary.isReal {
      let (target, entries) = (makeReals(indexes.count), dictionary.reals)
      for (position, index) in indexes.enumerated() { target[position] = entries[Int(index)] }
    } else {
      let (target, entries) = (makeIntegers(indexes.count), dictionary.integers)
      for (position, index) in indexes.enumerated() { target[position] = entries[Int(index)] }
    }
  }
}
