internal import DeepLearning
package import JobFiles

/// The points of a training at which successive halving compares models, as fractions of its epochs.
package struct HalvingRungs: Sendable, Equatable {
  /// The rungs of an automatic choice for a schedule with cycles, if the lowest is at least one epoch.
  ///
  /// With more rungs, too few models reach the end, where the comparison is best. Schedules without cycles have the
  /// smallest number, because the learning rate is high at their rungs and early results mislead.
  private static let automaticCount = 3
  private static let smallestAutomaticCount = 2
  /// Ascending; the last one is 1.
  package let fractions: [Double]

  package init(_ job: JobFile) {
    let ends = job.rateSchedule == .cosLog4 ? Self.endsOfCycles : nil
    let factor = Double(job.gridReductionFactor)
    func fraction(_ rungsBelowTop: Int) -> Double {
      if let ends { return ends[max(0, ends.count - 1 - rungsBelowTop)] }
      return 1 / Elementary.pow(factor, Double(rungsBelowTop))
    }
    var count = job.gridRungs
    if count == 0 {
      count = ends == nil ? Self.smallestAutomaticCount : Self.automaticCount
      while count > Self.smallestAutomaticCount, job.epochs * fraction(count - 1) < 1 { count -= 1 }
    }
    fractions = (0..<min(count, ends?.count ?? count)).map(fraction).reversed()
  }

  /// The ends of the cycles of CosLog4, where the learning rate is 0.
  ///
  /// The k-th of n cycles ends where log2(1 + (2^n - 1) t) = k (``RateCurve``).
  private static var endsOfCycles: [Double] {
    (1...RateScheduleChoice.cycles).map {
      (Elementary.pow(2, Double($0)) - 1) / (Elementary.pow(2, Double(RateScheduleChoice.cycles)) - 1)
    }
  }
}
