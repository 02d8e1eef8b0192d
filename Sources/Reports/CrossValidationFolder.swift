internal import DataFrames
internal import DeepLearning
internal import DurableFiles
internal import JobFiles
internal import Metrics
internal import Models
internal import Training

/// Writes `cross_validation/` of a result folder: the summary, and the parts of the folds that the job keeps.
struct CrossValidationFolder {
  /// H2O rounds held-out probabilities to this scale.
  private static let probabilityScale = 1e8

  private let path: String
  private let fileSystem: FileSystem

  init(_ path: String, fileSystem: FileSystem) {
    self.path = path
    self.fileSystem = fileSystem
  }

  func write(_ result: ResultFolder.CrossValidation, of main: ResultFolder.Content) throws {
    try fileSystem.makeFolder(path)
    try write(Self.summary(result), to: ResultFolderLayout.crossValidationSummaryFile)
    for (index, model) in result.models.enumerated() {
      let folder = JobFolderLayout.foldFolder(index + 1)
      if main.job.keepCrossValidationModels {
        try ResultFolder("\(path)/\(folder)", fileSystem: fileSystem).write(model)
      } else {
        try fileSystem.makeFolder("\(path)/\(folder)")
        let names = ScoringHistory.metricNames(for: model.final.training)
        let history = ModelTables.history(model.final.record.history, metricNames: names)
        try write(history, to: "\(folder)/\(ResultFolderLayout.historyFile)")
      }
    }
    if main.job.keepCrossValidationPredictions { try writePredictions(result) }
    if main.job.keepCrossValidationFoldAssignment {
      var csv = CSVText(header: ["fold_assignment"])
      for fold in result.folds { csv.append([.int(fold)]) }
      try write(csv, to: ResultFolderLayout.foldAssignmentFile)
    }
    try fileSystem.syncFolder(path)
  }

  private func write(_ csv: CSVText, to name: String) throws {
    try fileSystem.write(csv.text.utf8, to: "\(path)/\(name)", syncsFolder: false)
  }

  /// Returns the validation metrics of the folds' models, with mean and sample deviation over the
  /// folds that define them.
  static func summary(_ result: ResultFolder.CrossValidation) -> CSVText {
    let columns = result.models.map { model in
      let metrics = model.final.leading
      return SummaryMetrics.values(of: result.labelThreshold.map(metrics.labelled) ?? metrics)
    }
    var csv = CSVText(header: ["metric", "mean", "sd"] + columns.indices.map { "cv_\($0 + 1)_valid" })
    for (index, named) in (columns.first ?? []).enumerated() {
      let values = columns.map { $0[index].value }
      let moments = Self.moments(values.filter { !$0.isNaN })
      csv.append(
        [.text(named.name), .number(moments.mean), .number(moments.deviation)] + values.map(CSVText.Cell.number))
    }
    return csv
  }

  /// Returns NaN without values; the deviation of a single value is 0, as in H2O.
  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    guard !values.isEmpty else { return (.nan, .nan) }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(max(1, values.count - 1))).squareRoot())
  }

  /// Writes all held-out rows in the order of the table, and for each fold's model, zeros for the
  /// rows it was trained on.
  private func writePredictions(_ result: ResultFolder.CrossValidation) throws {
    guard let first = result.models.first?.model else { return }
    let width = first.topology.outputs
    let rowCount = result.folds.count
    var combined = [Double](repeating: 0, count: rowCount * width)
    var labels = [Int](repeating: 0, count: rowCount)
    for (index, (model, heldOut)) in zip(result.models, result.predictions).enumerated() {
      var labelling = model.model
      if let threshold = result.labelThreshold { labelling.defaultThreshold = threshold }
      var own = [Double](repeating: 0, count: rowCount * width)
      var ownLabels = [Int](repeating: 0, count: rowCount)
      for (position, row) in heldOut.rows.enumerated() {
        let outputs = heldOut.outputs[position * width..<(position + 1) * width]
        for (unit, value) in outputs.enumerated() {
          own[row * width + unit] = value
          combined[row * width + unit] =
            first.classes == nil ? value : (value * Self.probabilityScale).rounded() / Self.probabilityScale
        }
        guard first.classes != nil else { continue }
        ownLabels[row] = labelling.label(outputs)
        labels[row] = ownLabels[row]
      }
      try fileSystem.makeFolder("\(path)/\(JobFolderLayout.foldFolder(index + 1))")
      try write(
        PredictionTable.csv(first, outputs: own, labels: ownLabels),
        to: "\(JobFolderLayout.foldFolder(index + 1))/\(ResultFolderLayout.predictionsFile)")
    }
    try write(PredictionTable.csv(first, outputs: combined, labels: labels), to: ResultFolderLayout.predictionsFile)
  }
}
