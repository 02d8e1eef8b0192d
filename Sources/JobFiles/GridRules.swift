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
    return faults + rangeFaults(of: job) + halvingFaults(of: job) + ensembleFaults(of: job)
  }

  private static func ensembleFaults(of job: JobFile) -> [DocumentFault] {
    guard job.gridEnsemble > 1, job.isGrid else { return [] }
    func fault(_ message: String) -> [DocumentFault] { [job.fault(\.gridEnsemble, message)] }
    if job.followsH2O {
      return fault("is unsupported in H2O 3.46; remove it, or use compatibility: documentation")
    }
    if job.autoencoder { return fault("needs a response, which an autoencoder does not have; remove it") }
    if job.isCrossValidated {
      return fault("cannot be combined with cross-validation; use validation_fraction or validation_frame")
    }
    guard !job.hasValidationTable else { return [] }
    return fault("needs validation rows; add validation_fraction: 0.2, or a validation_frame")
  }

  /// Returns the faults of ranges, from which only a bounded random search can draw.
  private static func rangeFaults(of job: JobFile) -> [DocumentFault] {
    guard let dimension = job.hyperParameters.first(where: { $0.range != nil }) else { return [] }
    func fault(_ message: String) -> [DocumentFault] {
      [DocumentFault(at: dimension.location, "grid.hyper_params.\(dimension.key) \(message)", key: dimension.key)]
    }
    if job.gridStrategy == .cartesian {
      return fault(
        "is a range, whose values Cartesian cannot list; add search_criteria: {strategy: RandomDiscrete, max_models: 20}"
      )
    }
    guard job.gridMaxModels == 0, job.gridMaxRuntimeSecs == 0 else { return [] }
    return fault("is a range, so the search has no end; add search_criteria: {max_models: 20} or max_runtime_secs")
  }

  /// Returns the faults of a search by successive halving, and of its keys in other searches.
  private static func halvingFaults(of job: JobFile) -> [DocumentFault] {
    let name = GridStrategyChoice.successiveHalving.rawValue
    guard job.gridStrategy == .successiveHalving else {
      let keys: [ParameterKey] = [\.gridReductionFactor, \.gridRungs]
      return keys.filter { job.isGiven($0) }.map { job.fault($0, "needs strategy: \(name); add it, or remove the key") }
    }
    guard job.isGrid else { return [] }
    func varied(_ keys: [ParameterKey]) -> [HyperParameter] {
      let names = Set(keys.map { ParameterCatalogue.shared.row($0).key })
      return job.hyperParameters.filter { names.contains($0.key) }
    }
    var faults: [DocumentFault] = []
    if job.followsH2O {
      faults.append(
        job.fault(
          \.gridStrategy, "\(name) is unsupported in H2O 3.46; use RandomDiscrete, or compatibility: documentation"))
    }
    if job.isCrossValidated || varied([\.nfolds]).first != nil {
      faults.append(
        job.fault(
          job.foldColumn == nil ? \.nfolds : \.foldColumn,
          "cannot be combined with strategy: \(name), which compares models during their training; use "
            + "validation_fraction or validation_frame, or RandomDiscrete"))
    }
    if job.gridStoppingRounds > 0 {
      faults.append(
        job.fault(
          \.gridStoppingRounds,
          "cannot be combined with strategy: \(name), which stops models by itself; use max_models or max_runtime_secs")
      )
    }
    for dimension in varied([\.epochs, \.rateSchedule, \.maxRuntimeSecs]) {
      faults.append(
        DocumentFault(
          at: dimension.location,
          "grid.hyper_params.\(dimension.key) cannot vary with strategy: \(name), which compares all models after the same "
            + "part of their training; give it outside of the grid, or use RandomDiscrete", key: dimension.key))
    }
    let cycles = RateScheduleChoice.cycles
    if job.rateSchedule == .cosLog4, job.gridRungs > cycles {
      faults.append(
        job.fault(
          \.gridRungs,
          "must be at most \(cycles) with rate_schedule: CosLog4, which has \(cycles) cycles, found \(job.gridRungs)"))
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
