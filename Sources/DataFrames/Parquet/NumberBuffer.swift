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
    if integers.count < count {
      integers.deallocate()
      integers = .allocate(capacity: count)
    }
    self.count = count
    isReal = false
    return UnsafeMutableBufferPointer(rebasing: integers[..<count])
  }

  /// Makes room for `count` reals, which the caller sets; whole numbers stay as they are.
  func makeReals(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
    if reals.count < count {
      reals.deallocate()
      reals = .allocate(capacity: count)
    }
    self.count = count
    isReal = true
    return UnsafeMutableBufferPointer(rebasing: reals[..<count])
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
