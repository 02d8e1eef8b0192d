internal import DataFrames
internal import DeepLearning
internal import Documents
package import DurableFiles
internal import Exports
internal import JobFiles
internal import Models
internal import Training

/// Writes the result folder of a finished training.
package struct ResultFolder: Sendable {
  /// The settings that the model was trained with: those of the job, or what a grid made of them.
  package static let effectiveJob = "model/job.yaml"

  /// The page for people.
  package static let report = "report.html"

  private let path: String
  private let fileSystem: FileSystem

  package init(_ path: String, fileSystem: FileSystem) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// Writes all files into the folder, which must be new.
  ///
  /// The caller makes it visible by a rename.
  ///
  /// `report`: Of the page for people; nil for models without one.
  package func write(_ content: Content, report: ReportContent? = nil) throws {
    try fileSystem.makeFolder("\(path)/model")
    try write(content.jobText, to: "job.yaml")
    let plan = PlanDocument.text(
      content.job, plan: content.plan, heldOut: content.heldOut?.sentence, warnings: content.allWarnings)
    try write(plan, to: "plan.yaml")
    try write(MetricsDocument.of(content).pretty() + "\n", to: "metrics.json")
    try write(content.modelFile.bytes(), to: ModelFile.path)
    try write(content.job.text, to: Self.effectiveJob)
    if let checkpoint = content.checkpoint {
      try fileSystem.makeFolder("\(path)/\(Paths.folder(of: CheckpointFile.path))")
      try write(checkpoint.bytes(), to: CheckpointFile.path)
      if let heldOut = content.heldOut { try write(heldOut.rows.bytes(), to: HeldOutRows.path) }
      try fileSystem.syncFolder("\(path)/\(Paths.folder(of: CheckpointFile.path))")
    }
    for case .made(let export) in content.exports {
      try write(export.bytes, to: ModelExport.fileName(export.format))
    }
    let importances =
      content.job.variableImportances
      ? content.model.importances(trainedMissingUnits: content.final.point.trainedMissingUnits) : nil
    try writeTables(content, importances)
    if let report { try write(ModelReport(report, importances: importances ?? []).html(), to: Self.report) }
    if let crossValidation = content.crossValidation {
      try CrossValidationFolder("\(path)/cross_validation", fileSystem: fileSystem).write(crossValidation, of: content)
    }
    for folder in [path, "\(path)/model"] { try fileSystem.syncFolder(folder) }
  }

  private func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try fileSystem.write(bytes, to: "\(path)/\(name)", syncsFolder: false)
  }

  private func writeTables(_ content: Content, _ importances: [InputImportance]?) throws {
    let final = content.final
    let names = ScoringHistory.metricNames(for: final.training)
    try write(ModelTables.history(final.record.history, metricNames: names).text, to: "scoring_history.csv")
    let summary = ModelTables.summary(content.model, options: content.plan.options, samples: final.point.samples)
    try write(summary.text, to: "model_summary.csv")
    if let importances { try write(ModelTables.importances(importances).text, to: "variable_importances.csv") }
    let parts = [
      ("training", final.training), ("validation", final.validation),
      ("cross_validation", content.crossValidation?.metrics),
    ]
    for (part, metrics) in parts {
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
