internal import Documents

/// Rules of grids that can be checked without looking at the data.
enum GridRules {
  /// Of a larger grid so many combinations are looked at, spread over all.
  private static let maximumCombinations = 1000

  /// A grid cannot vary what the job fixes ("set in both" in H2O), but for the seed.
  static func faults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    let seed = ParameterCatalogue.shared.seed.key
    for (index, dimension) in job.hyperParameters.enumerated() {
      if job.isGiven(dimension.row), dimension.key != seed {
        faults.append(job.fault(dimension.row, "is given and varied by the grid too; remove one of them"))
      }
      if job.hyperParameters.prefix(index).contains(where: { $0.key == dimension.key }) {
        faults.append(job.fault(dimension.row, "is varied twice by the grid"))
      }
    }
    let searchKeys = ParameterCatalogue.shared.allRows.filter { $0.group == .grid }
    if job.hyperParameters.isEmpty, let row = searchKeys.first(where: { job.isGiven($0) }) {
      faults.append(job.fault(row, "needs grid.hyper_params: the parameters and the values to try"))
    }
    if job.isGrid, job.checkpoint != nil {
      faults.append(job.fault(\.checkpoint, "is not possible with a grid; remove one of them"))
    }
    return faults
  }

  /// Faults of the models that no combination is free of: what one combination breaks is that model's own affair.
  static func commonFaults(of job: JobFile) -> [DocumentFault] {
    var common = ParameterRules.modelFaults(of: job)
    let sizes = job.hyperParameters.map(\.values.count)
    let total = HyperParameter.combinationCount(sizes)
    let isSmall = total <= Double(maximumCombinations)
    for number in 0..<(isSmall ? Int(total) : maximumCombinations) where !common.isEmpty {
      let place = isSmall ? HyperParameter.place(number, sizes: sizes) : sample(number, sizes)
      let keys = Set(ParameterRules.modelFaults(of: job.combination(place)).map(\.key))
      common.removeAll { !keys.contains($0.key) }
    }
    return common
  }

  /// Index of a value for each dimension, for one of many samples: first every value of every dimension once, then any values together.
  private static func sample(_ number: Int, _ sizes: [Int]) -> [Int] {
    let isFirstRound = number < (sizes.max() ?? 0) && number < maximumCombinations / 2
    return sizes.enumerated().map { dimension, size in
      guard !isFirstRound else { return number % size }
      // Two odd constants of hashing mix the two numbers.
      let mixed = (UInt64(number) &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(dimension + 1) &* 0xBF58_476D_1CE4_E5B9)
      return Int((mixed &* 0x94D0_49BB_1331_11EB) >> 33) % size
    }
  }
}
