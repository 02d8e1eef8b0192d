internal import DeepLearning
internal import Documents
package import JobFiles

/// The combinations of a grid, in the order in which they are trained (h2o-behaviour.md#grid-search).
package struct GridPoints: Sendable {
  /// The maximum number of combinations of a grid that limits neither its models nor, with
  /// RandomDiscrete, its time.
  package static let maximumModels = 10_000
  /// The number of repeated draws, per combination wanted, after which drawing stops.
  private static let maximumRepeats = 10_000

  /// For each combination, the index of the value of each hyper-parameter.
  package let points: [[Int]]

  /// Chooses the combinations of `job`.
  ///
  /// - `seed`: The seed for RandomDiscrete.
  /// - Throws: ``TrainingError/unfit(_:)`` for a grid that is too large.
  package init(_ job: JobFile, seed: Int) throws(TrainingError) {
    let sizes = job.hyperParameters.map(\.values.count)
    let total = HyperParameter.combinationCount(sizes)
    let limit = job.gridMaxModels > 0 ? job.gridMaxModels : Self.maximumModels
    switch job.gridStrategy {
    case .cartesian:
      guard total <= Double(Self.maximumModels) || job.gridMaxModels > 0 else { throw Self.tooLarge(job, total) }
      points = (0..<Int(min(total, Double(limit)))).map { HyperParameter.place($0, sizes: sizes) }
    case .randomDiscrete:
      guard total <= Double(Self.maximumModels) || job.gridMaxModels > 0 || job.gridMaxRuntimeSecs > 0 else {
        throw Self.tooLarge(job, total)
      }
      points = Self.draw(sizes, count: Int(min(total, Double(limit))), seed: seed)
    }
  }

  private static func tooLarge(_ job: JobFile, _ total: Double) -> TrainingError {
    .unfit([
      DocumentFault(
        at: job.location(of: \.gridStrategy),
        "grid.hyper_params has \(total.text) combinations; the maximum is \(maximumModels). Use "
          + "search_criteria: {strategy: RandomDiscrete, max_models: 100}")
    ])
  }

  /// Draws different combinations uniformly.
  private static func draw(_ sizes: [Int], count: Int, seed: Int) -> [[Int]] {
    var generator = RandomGenerator(seed: UInt64(seed: seed))
    var points: [[Int]] = []
    var known: Set<[Int]> = []
    var repeats = 0
    while points.count < count, repeats < maximumRepeats * max(1, count) {
      let point = sizes.map { generator.nextIndex(below: $0) }
      if known.insert(point).inserted { points.append(point) } else { repeats += 1 }
    }
    return points
  }
}
