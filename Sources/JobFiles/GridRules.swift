/// Rules of grids that can be checked without looking at the data.
enum GridRules {
  /// Of a larger grid so many combinations are looked at, spread over all.
  private static let maximumCombinations = 1000

  /// A grid cannot vary what the job fixes ("set in both" in H2O), but for the seed.
  static func faults(of job: JobFile) -> [JobFileFault] {
    var faults: [JobFileFault] = []
    for (index, dimension) in job.hyperParameters.enumerated() {
      if job.isGiven(dimension.key), dimension.key != "seed" {
        faults.append(job.fault(dimension.key, "is given and varied by the grid too; remove one of them"))
      }
      if job.hyperParameters.prefix(index).contains(where: { $0.key == dimension.key }) {
        faults.append(job.fault(dimension.key, "is varied twice by the grid"))
      }
    }
    let searchKeys = ParameterCatalogue.shared.allRows.filter { $0.group == .grid }.map(\.key)
    if job.hyperParameters.isEmpty, let key = searchKeys.first(where: job.isGiven) {
      faults.append(job.fault(key, "needs grid.hyper_params: the parameters and the values to try"))
    }
    if job.isGrid, job.checkpoint != nil {
      faults.append(job.fault("checkpoint", "is not possible with a grid; remove one of them"))
    }
    return faults
  }

  /// Faults of the models that no combination is free of: what one combination breaks is that model's own affair.
  static func commonFaults(of job: JobFile) -> [JobFileFault] {
    var common = ParameterRules.modelFaults(of: job)
    let total = job.hyperParameters.reduce(1.0) { $0 * Double($1.values.count) }
    let count = Int(min(total, Double(maximumCombinations)))
    for number in 0..<count where !common.isEmpty {
      let model = combination(Int(Double(number) * (total / Double(count))), of: job)
      let keys = Set(ParameterRules.modelFaults(of: model).map(key))
      common.removeAll { !keys.contains(key(of: $0)) }
    }
    return common
  }

  /// With which every message begins.
  private static func key(of fault: JobFileFault) -> Substring { fault.message.prefix { $0 != " " } }

  /// The job of one model; the first dimension varies fastest.
  private static func combination(_ number: Int, of job: JobFile) -> JobFile {
    var model = job
    model.hyperParameters = []
    var rest = number
    for dimension in job.hyperParameters {
      model.give(dimension.values[rest % dimension.values.count], to: dimension.key)
      rest /= dimension.values.count
    }
    return model
  }
}
