internal import DataFrames
internal import DeepLearning
internal import Documents
package import DurableFiles
internal import Explanations
internal import Exports
internal import JobFiles
internal import Metrics
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
  /// - Parameters:
  ///   - content: The finished model and what belongs to it.
  ///   - report: The content of the report page; nil for models without one.
  ///   - chartsFile: The path of a file for the charts of the page, to be read by the page of a grid.
  /// - Throws: An error if a file cannot be written.
  package func write(_ content: Content, report: ReportContent? = nil, chartsFile: String? = nil) throws {
    try fileSystem.makeFolder("\(path)/\(ResultFolderLayout.modelFolder)")
    try write(content.jobText, to: ResultFolderLayout.jobFile)
    let plan = PlanDocument.text(
      content.job, plan: content.plan, heldOut: content.heldOut?.sentence, warnings: content.allWarnings)
    try write(plan, to: ResultFolderLayout.planFile)
    try write(MetricsDocument.of(content).pretty() + "\n", to: ResultFolderLayout.metricsFile)
    if let data = content.data { try write(DataDocument.of(data).pretty() + "\n", to: ResultFolderLayout.dataFile) }
    try write(content.modelFile.bytes(), to: ResultFolderLayout.modelFile)
    try write(content.job.text, to: ResultFolderLayout.effectiveJobFile)
    if let background = content.background {
      try write(JSONCoding.encode(background), to: ResultFolderLayout.backgroundFile)
    }
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
      let page = ModelReport(report, importances: importances ?? [])
      try write(page.html(), to: ResultFolderLayout.reportFile)
      if let chartsFile { try fileSystem.write(page.charts(), to: chartsFile, syncsFolder: false) }
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
    if let importances {
      try write(ModelTables.importances(importances).text, to: ResultFolderLayout.importancesFile)
      let columns = ColumnImportance.all(importances, content.model.encoding)
      try write(ModelTables.columnImportances(columns).text, to: ResultFolderLayout.columnImportancesFile)
    }
    let parts: [(MeasuredPart, ModelMetrics?)] = [
      (.training, final.training), (.validation, final.validation),
      (.crossValidation, content.crossValidation?.metrics),
    ]
    var tables = parts.flatMap { part, metrics in
      metrics.map { MetricTables.tables($0, part: part.rawValue, hitRatioCount: content.job.maxHitRatioK) } ?? []
    }
    for sample in content.samples {
      guard let residuals = sample.residuals else { continue }
      tables += MetricTables.residualTables(residuals, part: sample.part.rawValue)
    }
    for table in tables { try write(table.csv.text, to: "\(table.name).csv") }
    if content.job.exportWeightsAndBiases { try writeWeights(content.model) }
    if let explanations = content.explanations { try write(explanations) }
  }

  /// Writes the tables of `explanations/`.
  package func write(_ explanations: ExplainedTable) throws {
    try fileSystem.makeFolder("\(path)/\(ResultFolderLayout.explanationsFolder)")
    for table in ExplanationTables.tables(explanations) { try write(table.csv.text, to: table.file) }
    try fileSystem.syncFolder("\(path)/\(ResultFolderLayout.explanationsFolder)")
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
