internal import DeepLearning
internal import Documents
package import JobFiles

/// The combinations of a grid, in the order in which they are trained (h2o-behaviour.md#grid-search).
package struct GridPoints: Sendable {
  /// The maximum number of combinations of a grid that limits neither its models nor, unless it is Cartesian, its time.
  package static let maximumModels = 10_000
  /// The number of repeated draws, per combination wanted, after which drawing stops.
  private static let maximumRepeats = 10_000

  /// For each combination, the index of the value of each hyper-parameter.
  package let points: [[Int]]
  /// The hyper-parameters with the values to which ``points`` refers: those of the job, and drawn ones for ranges.
  package let dimensions: [HyperParameter]

  /// Chooses the combinations of `job`.
  ///
  /// - `seed`: The seed for drawing them.
  /// - Throws: ``TrainingError/unfit(_:)`` for a grid that is too large.
  package init(_ job: JobFile, seed: Int) throws(TrainingError) {
    let limit = job.gridMaxModels > 0 ? job.gridMaxModels : Self.maximumModels
    let isBounded = job.gridMaxModels > 0 || job.gridMaxRuntimeSecs > 0
    let hasRange = job.hyperParameters.contains { $0.range != nil }
    precondition(isBounded || !hasRange, "a search over a range has max_models or max_runtime_secs, by rule")
    if hasRange || job.hyperParameters.contains(where: \.isFromPreset) {
      (points, dimensions) = Self.draw(job.hyperParameters, count: limit, seed: seed)
      return
    }
    dimensions = job.hyperParameters
    let sizes = job.hyperParameters.map(\.values.count)
    let total = HyperParameter.combinationCount(sizes)
    switch job.gridStrategy {
    case .cartesian:
      guard total <= Double(Self.maximumModels) || job.gridMaxModels > 0 else { throw Self.tooLarge(job, total) }
      points = (0..<Int(min(total, Double(limit)))).map { HyperParameter.place($0, sizes: sizes) }
    case .randomDiscrete, .successiveHalving:
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

  /// Draws different combinations of values from lists and ranges.
  ///
  /// Each dimension has one draw per combination, so that more combinations begin with the same ones.
  private static func draw(
    _ dimensions: [HyperParameter], count: Int, seed: Int
  ) -> (points: [[Int]], dimensions: [HyperParameter]) {
    var generator = RandomGenerator(seed: UInt64(seed: seed))
    var points: [[Int]] = []
    var numbers: [[Double]] = dimensions.map { _ in [] }
    var known: Set<[Double]> = []
    var repeats = 0
    let beginsWithRecipe = dimensions.allSatisfy(\.isFromPreset)
    while points.count < count, repeats < maximumRepeats {
      let drawn = dimensions.map { dimension in
        if beginsWithRecipe, points.isEmpty { return dimension.range?.first ?? 0 }
        return dimension.range.map { $0.number(at: generator.nextDouble()) }
          ?? Double(generator.nextIndex(below: dimension.values.count))
      }
      guard known.insert(drawn).inserted else {
        repeats += 1
        continue
      }
      points.append(
        zip(dimensions, drawn).map { dimension, value in dimension.range == nil ? Int(value) : points.count })
      for place in numbers.indices { numbers[place].append(drawn[place]) }
    }
    return (points, zip(dimensions, numbers).map { $0.range == nil ? $0 : $0.listing($1) })
  }
}

extension NumberRange {
  /// The significant digits of drawn numbers, enough for a search and few enough to read.
  private static let digits = 4.0

  /// Returns the number at a place from 0 to 1 (excluded), rounded to four significant digits or to a whole number.
  func number(at place: Double) -> Double {
    // A whole number has the interval up to the next one.
    let end = isWhole ? to + 1 : to
    let number =
      isLogarithmic
      ? Elementary.exp(Elementary.log(from) + place * (Elementary.log(end) - Elementary.log(from)))
      : from + place * (end - from)
    guard number.isFinite else { return from }
    return min(to, max(from, isWhole ? number.rounded(.down) : Self.rounded(number)))
  }

  private static func rounded(_ number: Double) -> Double {
    guard number != 0 else { return 0 }
    let exponent = Elementary.log(abs(number)) / Elementary.log(10)
    let power = Elementary.pow(10, abs(digits - 1 - exponent.rounded(.down)))
    // Division by a power of ten, not multiplication by its inverse, so that the shortest decimal number results.
    return exponent.rounded(.down) <= digits - 1
      ? (number * power).rounded() / power : (number / power).rounded() * power
  }
}
