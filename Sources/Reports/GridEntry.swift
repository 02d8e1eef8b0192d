package import DurableFiles
internal import Models

/// What became of one model of a grid: beside its result folder, so that a finished model is never trained again.
package struct GridEntry: Codable, Sendable, Equatable {
  package enum Outcome: Codable, Sendable, Equatable {
    /// Metrics by H2O's names, on the rows that rank the model; NaN is left out.
    case trained(metrics: [String: Double], ending: String, epochs: Double, seconds: Double)
    case failed(reason: String)
  }

  private static let maximumBytes = 1 << 20

  package let name: String
  /// The hyper-parameters and their values as text, in the order of the grid.
  package let values: [String]
  /// Of the model's job and its data: an entry of another job is of no use.
  package let fingerprint: String
  package let outcome: Outcome

  package init(name: String, values: [String], fingerprint: String, outcome: Outcome) {
    self.name = name
    self.values = values
    self.fingerprint = fingerprint
    self.outcome = outcome
  }

  /// Nil if the model has not been dealt with, or in another job.
  package static func read(_ folder: String, fingerprint: String, fileSystem: FileSystem) -> GridEntry? {
    guard let bytes = try? fileSystem.read("\(folder)/\(JobFolderLayout.gridEntryFile)", limit: maximumBytes),
      let entry = try? JSONCoding.decode(GridEntry.self, from: bytes), entry.fingerprint == fingerprint
    else { return nil }
    return entry
  }

  package func write(_ folder: String, fileSystem: FileSystem) throws {
    try fileSystem.write(JSONCoding.encode(self), to: "\(folder)/\(JobFolderLayout.gridEntryFile)")
  }

  /// A metric of a trained model.
  package func metric(_ name: String) -> Double? {
    guard case .trained(let metrics, _, _, _) = outcome else { return nil }
    return metrics[name]
  }
}
