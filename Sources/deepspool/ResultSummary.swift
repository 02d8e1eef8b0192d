internal import Documents
internal import DurableFiles
internal import JobFiles
internal import Wording

/// A summary of a result folder: the metrics of a model, or the predictions.
struct ResultSummary {
  private static let maximumBytes = 64 << 20

  private let path: String
  private let fileSystem: FileSystem

  init(_ path: String, fileSystem: FileSystem) {
    self.path = path
    self.fileSystem = fileSystem
  }

  /// Prints a table with a column per data set, or the metrics file unchanged.
  func show(asJSON: Bool) throws {
    let metricsFile = "\(path)/\(ResultFolderLayout.metricsFile)"
    guard let bytes = try fileSystem.readIfPresent(metricsFile, limit: Self.maximumBytes) else {
      return try showPredictions(asJSON: asJSON)
    }
    guard !asJSON else { return try print(String(decoding: bytes, as: UTF8.self), terminator: "") }
    guard let metrics = try StoredMetrics(bytes, file: metricsFile) else { return }
    var table = TextTable([.left("metric")] + metrics.tables.map { .right($0.title) })
    for name in metrics.names {
      table.add([name] + metrics.tables.map { $0.values[name].map(NumberText.brief) })
    }
    var lines = table.lines()
    if let last = metrics.tables.last(where: { $0.matrix != nil }), let matrix = last.matrix {
      lines += try self.lines(matrix, title: last.title)
      if matrix.labels.count == 2, let threshold = last.values["default_threshold"] {
        let label = matrix.labels[1].onOneLine.escapingControls
        lines.append("a row is predicted '\(label)' from a probability of \(NumberText.brief(threshold)) on")
      }
    }
    try print((lines + ["result: \(path)"]).joined(separator: "\n"))
  }

  /// Returns the confusion matrix, unless it exceeds the job's max_confusion_matrix_size.
  private func lines(_ matrix: StoredMetrics.Matrix, title: String) throws -> [String] {
    let job = try JobFileReader.read(
      fileSystem.read("\(path)/\(ResultFolderLayout.jobFile)", limit: Self.maximumBytes),
      file: ResultFolderLayout.jobFile)
    guard !matrix.labels.isEmpty, matrix.labels.count <= job.maxConfusionMatrixSize else { return [] }
    var table = TextTable([.left("actual \\ predicted")] + matrix.labels.map { .right($0.onOneLine) })
    for (label, counts) in zip(matrix.labels, matrix.counts) { table.add([label] + counts.map(\.text)) }
    return ["", "confusion matrix, \(title):"] + table.lines().map(\.escapingControls)
  }

  private func showPredictions(asJSON: Bool) throws {
    let file = "\(path)/\(ResultFolderLayout.predictionsFile)"
    let status = try fileSystem.status(file)
    guard asJSON else { return try print("predictions: \(file)\nresult: \(path)") }
    try print(
      JSONValue.object([
        ("result", .string(path)), ("predictions", .string(file)), ("bytes", .int(status.byteCount)),
      ]).pretty())
  }
}
