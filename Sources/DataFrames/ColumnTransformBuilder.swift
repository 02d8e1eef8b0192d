/// Finds the ``ColumnTransform`` of each categorical predictor of a training table.
struct ColumnTransformBuilder {
  /// The number of power iterations for the principal component; far more than double precision needs.
  private static let powerIterations = 500

  let encoding: CategoricalEncoding
  /// The class indexes or responses of the rows; nil without a response.
  let response: Column?
  let weights: Column?
  /// True to choose the most frequent levels as H2O does.
  let hashesLimitedLevels: Bool

  /// Returns nil for columns that stay as they are.
  func transform(_ column: Column) -> ColumnTransform? {
    guard let levels = column.levels else { return nil }
    func make(_ levels: [String], _ kind: ColumnTransform.Kind) -> ColumnTransform {
      ColumnTransform(source: column.name, levels: levels, kind: kind)
    }
    switch encoding {
    case .oneHot: return nil
    case .label:
      let numbers = levels.compactMap(Double.init)
      return make(levels, .label(numbers.count == levels.count ? numbers : levels.indices.map(Double.init)))
    case .bits: return make(levels, .bits(count: Int.bitWidth - levels.count.leadingZeroBitCount))
    case .principalComponent: return make(levels, .projection(principalComponent(column, levelCount: levels.count)))
    case .orderedByResponse: return make(sortedByResponse(column, levels), .reordered)
    case .frequentLevels:
      guard levels.count > ColumnTransform.limitedLevels else { return nil }
      let kept = frequentLevels(column, levelCount: levels.count)
      let names = kept.map { levels[$0] }
      // An existing level of that name takes in the pooled ones.
      let other = names.contains(ColumnTransform.otherLevel) ? [] : [ColumnTransform.otherLevel]
      return make(names + other, .limited(pooled: levels.indices.filter { !kept.contains($0) }.map { levels[$0] }))
    }
  }

  /// Returns the levels that EnumLimited keeps, the most frequent first.
  ///
  /// H2O drops levels that occur in a single row. It lists equally frequent levels in the order of
  /// its hash table; this function reproduces that order for up to 128 levels only.
  private func frequentLevels(_ column: Column, levelCount: Int) -> [Int] {
    let counts = counts(column, levelCount: levelCount)
    func place(_ level: Int) -> Int {
      guard hashesLimitedLevels else { return level }
      let mixed = level ^ (level >> 20) ^ (level >> 12)
      return mixed ^ (mixed >> 7) ^ (mixed >> 4)
    }
    let frequent = (0..<levelCount).filter { counts[$0] > 1 || !hashesLimitedLevels }
    return Array(
      frequent.sorted { (-counts[$0], place($0)) < (-counts[$1], place($1)) }.prefix(ColumnTransform.limitedLevels))
  }

  /// Applies the transforms to the predictors; columns of bits follow all others, as in H2O.
  func apply(_ transforms: [ColumnTransform], to predictors: [Column]) -> [Column] {
    let bySource = Dictionary(uniqueKeysWithValues: transforms.map { ($0.source, $0) })
    let isBinary = encoding == .bits
    let untouched = isBinary ? predictors.filter { bySource[$0.name] == nil } : []
    let rest = isBinary ? predictors.filter { bySource[$0.name] != nil } : predictors
    return untouched + rest.flatMap { column in bySource[column.name]?.columns(for: column) ?? [column] }
  }

  private func counts(_ column: Column, levelCount: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: levelCount)
    for row in 0..<column.rowCount { if let level = column.level(at: row) { counts[level] += 1 } }
    return counts
  }

  /// Returns the levels by ascending weighted mean of the response; ties keep the original order.
  private func sortedByResponse(_ column: Column, _ levels: [String]) -> [String] {
    guard let response else { return levels }
    var sums = [Double](repeating: 0, count: levels.count)
    var totals = sums
    for row in 0..<column.rowCount {
      guard let level = column.level(at: row) else { continue }
      let value = response.level(at: row).map(Double.init) ?? response.number(at: row)
      let weight = weights?.number(at: row) ?? 1
      guard !value.isNaN, weight > 0 else { continue }
      sums[level] += weight * value
      totals[level] += weight
    }
    let means = zip(sums, totals).map { $1 > 0 ? $0 / $1 : 0 }
    return levels.indices.sorted { (means[$0], $0) < (means[$1], $1) }.map { levels[$0] }
  }

  /// Returns the first eigenvector of the covariance of the one-hot columns, diag(p) - p p', with length 1.
  ///
  /// Its largest element is positive. Power iteration needs no matrix: the product with a vector v is p (v - p.v).
  private func principalComponent(_ column: Column, levelCount: Int) -> [Double] {
    let counts = counts(column, levelCount: levelCount)
    let total = counts.reduce(0, +)
    let shares = counts.map { $0 / total }
    // A start vector that is not orthogonal to the result and has a different value for each level.
    var vector = shares.indices.map { shares[$0] - 1 / Double(levelCount) + 1e-3 * Double($0 + 1) / Double(levelCount) }
    for _ in 0..<Self.powerIterations {
      let mean = zip(shares, vector).reduce(0) { $0 + $1.0 * $1.1 }
      let next = zip(shares, vector).map { $0 * ($1 - mean) }
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { break }
      vector = next.map { $0 / length }
    }
    let largest = vector.max { abs($0) < abs($1) } ?? 0
    return largest < 0 ? vector.map { -$0 } : vector
  }
}
