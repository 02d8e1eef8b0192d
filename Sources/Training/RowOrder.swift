internal import DeepLearning

/// The rows that one iteration visits, in order.
///
/// A pure function, so that a checkpoint need not hold it.
///
/// Source: behavioural notes, section 7.4, for one chunk that starts at row 0.
package enum RowOrder {
  /// A usage from here on counts as all rows.
  private static let wholeUsage: Float = 0.999

  /// Row numbers plus `rowCount` times the number of the pass: what dropout masks are seeded with.
  ///
  /// - `samplesBefore`: Rows trained before the iteration.
  /// - `iteration`: Counted from 1.
  package static func rows(
    schedule: IterationSchedule, seed: Int, samplesBefore: Int, iteration: Int
  ) -> [Int] {
    let rowCount = schedule.rowCount
    let usage = Float(Double(schedule.samplesPerIteration) / Double(rowCount))
    let passes = max(1, Int(usage.rounded(.up)))
    let fraction = usage / Float(passes)
    guard fraction < wholeUsage || schedule.shuffles else { return Array(0..<passes * rowCount) }
    let base = 0x8734_0935_0242_9734 &+ UInt64(seed: seed) &+ UInt64(samplesBefore)
    var generator = RandomGenerator(seed: base &* (UInt64(iteration) &+ 0x9823_4234_9782_3423))
    var permutation = Array(0..<rowCount)
    for index in 0..<rowCount {
      permutation.swapAt(index, index + generator.nextIndex(below: rowCount - index))
    }
    var rows: [Int] = []
    rows.reserveCapacity(schedule.samplesPerIteration + schedule.samplesPerIteration / 16)
    for pass in 0..<passes {
      for row in permutation where !(generator.nextDouble() > Double(fraction)) {
        rows.append(pass * rowCount + row)
      }
    }
    return rows
  }
}
