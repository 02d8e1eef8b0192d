internal import Documents

/// Validation rules for grids that do not need the data.
enum GridRules {
  /// The number of combinations that are checked; a larger grid is sampled evenly.
  private static let maximumCombinations = 1000

  /// Returns the faults of the grid itself.
  ///
  /// As in H2O ("set in both"), a grid cannot vary a parameter that the job sets, except the seed.
  static func faults(of job: JobFile) -> [DocumentFault] {
    var faults: [DocumentFault] = []
    let seed = ParameterCatalogue.shared.seed.key
    for (index, dimension) in job.hyperParameters.enumerated() {
      if job.isGiven(dimension.row), dimension.key != seed {
        faults.append(job.fault(dimension.row, "is set both in the job and in grid.hyper_params; remove one of them"))
      }
      if job.hyperParameters.prefix(index).contains(where: { $0.key == dimension.key }) {
        faults.append(job.fault(dimension.row, "appears twice in grid.hyper_params; remove one of them"))
      }
    }
    let searchKeys = ParameterCatalogue.shared.allRows.filter { $0.group == .grid }
    if job.hyperParameters.isEmpty, let row = searchKeys.first(where: { job.isGiven($0) }) {
      faults.append(job.fault(row, "needs grid.hyper_params; add the parameters to vary, each with a list of values"))
    }
    if job.isGrid, job.checkpoint != nil {
      faults.append(job.fault(\.checkpoint, "cannot be combined with a grid; remove one of them"))
    }
    return faults
  }

  /// Returns the faults that every combination has.
  ///
  /// A fault of some combinations only is reported when their models are trained.
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

  /// Returns the index of a value for each dimension, for sample `number` of a large grid.
  ///
  /// The first samples cover every value of every dimension once; later ones combine values at random.
  private static func sample(_ number: Int, _ sizes: [Int]) -> [Int] {
    let isFirstRound = number < (sizes.max() ?? 0) && number < maximumCombinations / 2
    return sizes.enumerated().map { dimension, size in
      guard !isFirstRound else { return number % size }
      // Multiplication by odd constants of a hash function mixes sample number and dimension.
      let mixed = (UInt64(number) &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(dimension + 1) &* 0xBF58_476D_1CE4_E5B9)
      return Int((mixed &* 0x94D0_49BB_1331_11EB) >> 33) % size
    }
  }
}
