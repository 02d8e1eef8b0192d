internal import DataFrames
internal import DeepLearning
package import DurableFiles
package import JobFiles
package import Scoring
package import Training

/// Writes the result folder of a finished training.
package struct ResultFolder: Sendable {
  /// Everything that goes in.
  package struct Content: Sendable {
    package let jobText: [UInt8]
    package let job: JobFile
    package let plan: TrainingPlan
    package let modelName: String
    package let model: Model
    package let final: ScoringEvent
    /// Why training ended.
    package let ending: String

    package init(
      jobText: [UInt8], job: JobFile, plan: TrainingPlan, modelName: String, model: Model, final: ScoringEvent,
      ending: String
    ) {
      self.jobText = jobText
      self.job = job
      self.plan = plan
      self.modelName = modelName
      self.model = model
      self.final = final
      self.ending = ending
    }
  }

  private let path: String
  private let fileSystem: FileSystem

  package init(_ path: String, fileSystem: FileSystem) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// Writes all files into the folder, which must be new.
  ///
  /// The caller makes it visible by a rename.
  package func write(_ content: Content) throws {
    try fileSystem.makeFolder("\(path)/model")
    try write(content.jobText, to: "job.yaml")
    try write(PlanDocument.text(content.job, plan: content.plan), to: "plan.yaml")
    try write(metrics(content).pretty() + "\n", to: "metrics.json")
    let file = ModelFile(
      name: content.modelName, model: content.model, rule: content.plan.options.rule,
      samples: content.final.point.samples)
    try write(file.bytes(), to: ModelFile.path)
    try writeTables(content)
    for folder in [path, "\(path)/model"] { try fileSystem.syncFolder(folder) }
  }

  private func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try fileSystem.write(bytes, to: "\(path)/\(name)", syncsFolder: false)
  }

  private func metrics(_ content: Content) -> JSONValue {
    let final = content.final
    var entries: [(String, JSONValue)] = [
      (
        "model",
        .object([
          ("name", .string(content.modelName)), ("category", .string(category(content.model))),
          ("response", content.model.encoding.response.name.map(JSONValue.string) ?? .null),
          (
            "distribution",
            .string(content.model.objective.distributionName(classCount: content.model.topology.outputs))
          ), ("loss", .string(content.model.objective.lossName)),
          ("units", .array(content.model.topology.units.map(JSONValue.int))),
          ("parameters", .int(content.model.topology.parameterCount)),
          ("default_threshold", .number(content.model.defaultThreshold)),
        ])
      ),
      (
        "training_run",
        .object([
          ("epochs", .number(final.point.epochs)), ("samples", .int(final.point.samples)),
          ("iterations", .int(final.point.iteration)), ("seconds", .number(final.point.elapsedSeconds)),
          ("scoring_seconds", .number(final.record.scoringSeconds)),
          ("seed", .int(content.plan.options.seed)), ("ending", .string(content.ending)),
        ])
      ),
      ("training", MetricsDocument.object(final.training)),
    ]
    if let validation = final.validation { entries.append(("validation", MetricsDocument.object(validation))) }
    entries.append(("warnings", .array(content.plan.warnings.map(JSONValue.string))))
    return .object(entries)
  }

  private func category(_ model: Model) -> String {
    if model.objective.reconstructed != nil { return "AutoEncoder" }
    return switch model.classes?.count {
    case nil: "Regression"
    case 2: "Binomial"
    default: "Multinomial"
    }
  }

  private func writeTables(_ content: Content) throws {
    let final = content.final
    let names = ScoringHistory.metricNames(for: final.training)
    try write(ModelTables.history(final.record.history, metricNames: names).text, to: "scoring_history.csv")
    let summary = ModelTables.summary(content.model, options: content.plan.options, samples: final.point.samples)
    try write(summary.text, to: "model_summary.csv")
    if content.job.variableImportances {
      let importances = VariableImportances.compute(
        content.model.state, topology: content.model.topology, unseen: content.model.encoding.untrainedUnits)
      try write(
        ModelTables.importances(importances, names: content.model.encoding.inputNames).text,
        to: "variable_importances.csv")
    }
    for (part, metrics) in [("training", final.training), ("validation", final.validation)] {
      guard let metrics else { continue }
      for table in MetricTables.tables(metrics, part: part, hitRatioCount: content.job.maxHitRatioK) {
        try write(table.csv.text, to: "\(table.name).csv")
      }
    }
    if content.job.exportWeightsAndBiases { try writeWeights(content.model) }
  }

  private func writeWeights(_ model: Model) throws {
    try fileSystem.makeFolder("\(path)/weights")
    for layer in 0..<model.topology.weightLayers {
      try write(ModelTables.weights(model, layer: layer).text, to: "weights/weights_\(layer).csv")
      try write(ModelTables.biases(model, layer: layer).text, to: "weights/biases_\(layer).csv")
    }
    try fileSystem.syncFolder("\(path)/weights")
  }
}
