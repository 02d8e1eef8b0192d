internal import Algorithms
internal import DeepLearning

/// The row order of an iteration, for schedules in which each iteration draws its own, as in H2O.
///
/// A pure function, so that checkpoints need not contain the order.
///
/// Source: h2o-behaviour.md#order-of-rows, for one chunk that starts at row 0.
package enum RowOrder {
  /// A usage from which all rows are taken.
  private static let wholeUsage: Float = 0.999

  /// Returns row numbers plus `rowCount` times the number of the pass; these entries seed dropout masks.
  ///
  /// - `weights`: The weights by which rows are drawn; nil if the order does not depend on weights.
  /// - `isTrained`: Returns whether a row can be trained on; other rows are skipped and not counted.
  /// - `samplesBefore`: The rows trained before the iteration.
  /// - `iteration`: The number of the iteration, from 1.
  package static func rows(
    schedule: IterationSchedule, seed: Int, weights: [Double]? = nil, isTrained: (Int) -> Bool = { _ in true },
    samplesBefore: Int, iteration: Int
  ) -> [Int] {
    let rowCount = schedule.rowCount
    let usage = relativeUsage(schedule, weights: weights)
    let passes = max(1, Int(usage.rounded(.up)))
    let fraction = usage / Float(passes)
    guard fraction < wholeUsage || schedule.shuffles || weights != nil else { return Array(0..<passes * rowCount) }
    let base = 0x8734_0935_0242_9734 &+ UInt64(seed: seed) &+ UInt64(samplesBefore)
    var generator = RandomGenerator(seed: base &* (UInt64(iteration) &+ 0x9823_4234_9782_3423))
    let permutation = generator.shuffled(Array(0..<rowCount))
    if let weights {
      return weighted(weights, permutation, passes: passes, isTrained: isTrained, &generator)
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

  /// Returns the passes over the table per iteration; weights count as repeated rows.
  private static func relativeUsage(_ schedule: IterationSchedule, weights: [Double]?) -> Float {
    let usage = Float(Double(schedule.samplesPerIteration) / Double(schedule.rowCount))
    guard let weights else { return usage }
    let total = weights.reduce(0, +)
    return Float(Double(usage) * (total.rounded() / total))
  }

  /// Draws every second trained row by its weight; the others come from the permutation.
  private static func weighted(
    _ weights: [Double], _ permutation: [Int], passes: Int, isTrained: (Int) -> Bool,
    _ generator: inout RandomGenerator
  ) -> [Int] {
    let rowCount = weights.count
    let total = weights.reduce(0, +)
    var sum = 0.0
    let cumulative = weights.map { weight in
      sum += weight / total
      return sum
    }
    var rows: [Int] = []
    var trained = 0
    for pass in 0..<passes {
      for candidate in permutation {
        var row = candidate
        if trained.isMultiple(of: 2) {
          let draw = generator.nextDouble()
          row = min(rowCount - 1, cumulative.partitioningIndex { $0 >= draw })
        } else {
          while weights[row] == 0 { row = generator.nextIndex(below: rowCount) }
        }
        rows.append(pass * rowCount + row)
        if isTrained(row) { trained += 1 }
      }
    }
    return rows
  }
}
