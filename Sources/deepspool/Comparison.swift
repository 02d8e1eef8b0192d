internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Metrics
internal import Wording

/// A comparison of finished models: the parameters that differ, and the metrics side by side.
struct Comparison {
  /// A parameter that differs between the models.
  struct Parameter {
    let key: String
    /// A text per model.
    let values: [String]
    /// Whether the job files give the parameter.
    let isGiven: [Bool]
  }

  /// A metric of one table.
  struct Metric {
    let name: String
    /// A value per model; nil if the model lacks it.
    let values: [Double?]
    /// The models with the best value; empty if no value is better than another.
    let best: Set<Int>
  }

  /// The metrics of one table, or of cross-validation.
  struct Table {
    let name: String
    let title: String
    let metrics: [Metric]
  }

  let models: [ComparedModel]
  let parameters: [Parameter]
  let run: [Metric]
  let tables: [Table]
  let warnings: [String]

  init(_ models: [ComparedModel]) {
    self.models = models
    parameters = ParameterCatalogue.shared.allRows.compactMap { row in
      guard !Self.otherBlocks.contains(where: row.key.hasPrefix) else { return nil }
      let values = models.map { $0.value(of: row) }
      guard Set(values.map(\.text)).count > 1 else { return nil }
      return Parameter(key: row.key, values: values.map(\.text), isGiven: values.map(\.isGiven))
    }
    run =
      [Metric(name: "parameters", values: models.map { Self.parameterCount($0.metrics.units) }, best: [])]
      + ["epochs", "samples", "seconds"].map { name in
        Metric(name: name, values: models.map { $0.metrics.run[name] }, best: [])
      }
    tables = Self.tables(models)
    warnings = Self.warnings(models)
  }

  /// The blocks whose keys say when a job runs and what is searched; they are not parameters of its model.
  private static let otherBlocks = ["job.", "grid."]

  private static func parameterCount(_ units: [Double]) -> Double? {
    guard units.count > 1 else { return nil }
    return zip(units, units.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 }
  }

  /// The metrics of which no value is better than another, because they measure different things.
  private static func incomparable(_ models: [ComparedModel]) -> (_ metric: String) -> Bool {
    guard predictTheSame(models) else { return { _ in true } }
    let sameDeviance = Set(models.map(deviance)).count == 1
    return { $0 == "mean_residual_deviance" && !sameDeviance }
  }

  /// Whether all models predict one response in the same way, as classes, numbers or reconstructions.
  private static func predictTheSame(_ models: [ComparedModel]) -> Bool {
    Set(models.map { $0.job.responseColumn ?? "" }).count == 1 && Set(models.map(\.metrics.category)).count == 1
  }

  /// Returns what the deviance of a model depends on.
  private static func deviance(_ model: ComparedModel) -> String {
    let (job, distribution) = (model.job, model.metrics.distribution ?? "")
    return switch distribution {
    case "tweedie": "\(distribution) \(job.tweediePower)"
    case "quantile": "\(distribution) \(job.quantileAlpha)"
    case "huber": "\(distribution) \(job.huberAlpha)"
    default: distribution
    }
  }

  private static func tables(_ models: [ComparedModel]) -> [Table] {
    let isIncomparable = incomparable(models)
    var known: [(name: String, title: String)] = []
    for table in models.flatMap(\.metrics.tables) where !known.contains(where: { $0.name == table.name }) {
      known.append((table.name, table.title))
    }
    return known.map { name, title in
      let tables = models.map { model in model.metrics.tables.first { $0.name == name } }
      var metrics: [String] = []
      for metric in models.flatMap(\.metrics.names) where !metrics.contains(metric) { metrics.append(metric) }
      return Table(
        name: name, title: title,
        metrics: metrics.compactMap { metric in
          let values = tables.map { $0?.values[metric] }
          guard values.contains(where: { $0 != nil }) else { return nil }
          return Metric(name: metric, values: values, best: isIncomparable(metric) ? [] : best(metric, values))
        })
    }
  }

  private static let trainingTable = "training"

  private static func warnings(_ models: [ComparedModel]) -> [String] {
    var warnings: [String] = []
    func differ(_ value: (ComparedModel) -> String) -> Bool { Set(models.map(value)).count > 1 }
    if differ({ $0.job.responseColumn ?? "" }) {
      warnings.append("the models predict different responses; their metrics cannot be compared")
    } else if !predictTheSame(models) {
      warnings.append(
        "the models are of different kinds (\(models.map { $0.metrics.category ?? "unknown" }.joined(separator: ", "))); "
          + "their metrics cannot be compared")
    } else if differ(deviance) {
      warnings.append("the models have different distributions; their mean residual deviances cannot be compared")
    }
    if differ({ $0.job.trainingFrame?.title ?? "" }) {
      warnings.append("the models were trained on tables of different names")
    }
    let heldOut = models.map { Set($0.metrics.tables.map(\.name).filter { $0 != trainingTable }) }
    if heldOut.contains(where: { !$0.isEmpty }), heldOut.dropFirst().reduce(heldOut[0], { $0.intersection($1) }).isEmpty
    {
      warnings.append(
        "no held-out metric is common to all models; their training metrics say little about new rows. Score one table "
          + "with each of them: deepspool predict")
    }
    for name in [trainingTable, "validation", "cross_validation"] {
      let counts = models.compactMap { model in
        model.metrics.tables.first { $0.name == name }?.values["nobs"]
      }
      guard counts.count > 1, Set(counts).count > 1 else { continue }
      warnings.append(
        "the \(name.replacing("_", with: "-")) metrics are of different numbers of rows: "
          + counts.map { NumberText.shortest($0) }.joined(separator: ", "))
    }
    return warnings
  }

  // MARK: The better value

  private static func best(_ name: String, _ values: [Double?]) -> Set<Int> {
    let finite = values.compactMap { $0 }.filter(\.isFinite)
    guard finite.count > 1, Set(finite).count > 1, let best = MetricDirection(ofMetric: name)?.best(finite) else {
      return []
    }
    return Set(values.indices.filter { values[$0] == best })
  }
}
