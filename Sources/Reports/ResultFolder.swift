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
  /// `report`: The content of the report page; nil for models without one.
  package func write(_ content: Content, report: ReportContent? = nil) throws {
    try fileSystem.makeFolder("\(path)/\(ResultFolderLayout.modelFolder)")
    try write(content.jobText, to: ResultFolderLayout.jobFile)
    let plan = PlanDocument.text(
      content.job, plan: content.plan, heldOut: content.heldOut?.sentence, warnings: content.allWarnings)
    try write(plan, to: ResultFolderLayout.planFile)
    try write(MetricsDocument.of(content).pretty() + "\n", to: ResultFolderLayout.metricsFile)
    if let data = content.data { try write(DataDocument.of(data).pretty() + "\n", to: ResultFolderLayout.dataFile) }
    try write(content.modelFile.bytes(), to: ResultFolderLayout.modelFile)
    try write(content.job.text, to: ResultFolderLayout.effectiveJobFile)
    if let checkpoint = content.checkpoint {
      try fileSystem.makeFolder("\(path)/\(ResultFolderLayout.checkpointFolder)")
      try write(checkpoint.bytes(), to: ResultFolderLayout.checkpointFile)
      if let heldOut = content.heldOut { try write(heldOut.rows.bytes(), to: ResultFolderLayout.heldOutRowsFile) }
      try fileSystem.syncFolder("\(path)/\(ResultFolderLayout.checkpointFolder)")
    }
    for case .made(let export) in content.exports {
      try write(export.bytes, to: ModelExport.fileName(export.format))
    }
    let importances =
      content.job.variableImportances
      ? content.model.importances(trainedMissingUnits: content.final.point.trainedMissingUnits) : nil
    try writeTables(content, importances)
    if let report {
      try write(ModelReport(report, importances: importances ?? []).html(), to: ResultFolderLayout.reportFile)
    }
    if let crossValidation = content.crossValidation {
      try CrossValidationFolder("\(path)/\(ResultFolderLayout.crossValidationFolder)", fileSystem: fileSystem).write(
        crossValidation, of: content)
    }
    for folder in [path, "\(path)/\(ResultFolderLayout.modelFolder)"] { try fileSystem.syncFolder(folder) }
  }

  private func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try fileSystem.write(bytes, to: "\(path)/\(name)", syncsFolder: false)
  }

  private func writeTables(_ content: Content, _ importances: [InputImportance]?) throws {
    let final = content.final
    let names = ScoringHistory.metricNames(for: final.training)
    try write(ModelTables.history(final.record.history, metricNames: names).text, to: ResultFolderLayout.historyFile)
    let summary = ModelTables.summary(content.model, options: content.plan.options, samples: final.point.samples)
    try write(summary.text, to: ResultFolderLayout.summaryFile)
    if let importances { try write(ModelTables.importances(importances).text, to: ResultFolderLayout.importancesFile) }
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
    try fileSystem.makeFolder("\(path)/\(ResultFolderLayout.weightsFolder)")
    for layer in 0..<model.topology.weightLayers {
      try write(ModelTables.weights(model, layer: layer).text, to: ResultFolderLayout.weightsFile(layer: layer))
      try write(ModelTables.biases(model, layer: layer).text, to: ResultFolderLayout.biasesFile(layer: layer))
    }
    try fileSystem.syncFolder("\(path)/\(ResultFolderLayout.weightsFolder)")
  }
}
