package import DurableFiles
internal import Models

/// The outcome of one model of a grid, stored beside its result folder so that a finished model is not trained again.
package struct GridEntry: Codable, Sendable, Equatable {
  package enum Outcome: Codable, Sendable, Equatable {
    /// Metrics by H2O's names, on the rows that rank the model; NaN is omitted.
    case trained(metrics: [String: Double], ending: String, epochs: Double, seconds: Double)
    case failed(reason: String)
  }

  private static let maximumBytes = 1 << 20

  package let name: String
  /// The values of the hyper-parameters as text, in the order of the grid.
  package let values: [String]
  /// The fingerprint of the model's job and data; an entry of another job is ignored.
  package let fingerprint: String
  package let outcome: Outcome

  package init(name: String, values: [String], fingerprint: String, outcome: Outcome) {
    self.name = name
    self.values = values
    self.fingerprint = fingerprint
    self.outcome = outcome
  }

  /// Reads an entry; nil if the model has no outcome, or one from another job.
  package static func read(_ folder: String, fingerprint: String, fileSystem: FileSystem) -> GridEntry? {
    guard let bytes = try? fileSystem.read("\(folder)/\(JobFolderLayout.gridEntryFile)", limit: maximumBytes),
      let entry = try? JSONCoding.decode(GridEntry.self, from: bytes), entry.fingerprint == fingerprint
    else { return nil }
    return entry
  }

  package func write(_ folder: String, fileSystem: FileSystem) throws {
    try fileSystem.write(JSONCoding.encode(self), to: "\(folder)/\(JobFolderLayout.gridEntryFile)")
  }

  /// The name among the models of its grid, as in events and folders: `model_3` of `search_model_3`.
  package var part: String { name.split(separator: "_").suffix(2).joined(separator: "_") }

  /// Returns a metric of a trained model.
  package func metric(_ name: String) -> Double? {
    guard case .trained(let metrics, _, _, _) = outcome else { return nil }
    return metrics[name]
  }
}
