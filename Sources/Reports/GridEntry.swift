package import DurableFiles
internal import Models

/// The outcome of one model of a grid, stored beside its result folder so that a finished model is not trained again.
package struct GridEntry: Codable, Sendable, Equatable {
  package enum Outcome: Codable, Sendable, Equatable {
    /// Metrics by H2O's names, on the rows that rank the model; NaN is omitted.
    case trained(metrics: [String: Double], ending: String, epochs: Double, seconds: Double)
    case failed(reason: String)
  }

  /// The rungs that the model has reached in a search by successive halving.
  package struct Halving: Codable, Sendable, Equatable {
    package struct Rung: Codable, Sendable, Equatable {
      /// The metric of the search; nil if the model does not have it.
      package let value: Double?
      package let epochs: Double

      package init(value: Double?, epochs: Double) {
        self.value = value
        self.epochs = epochs
      }
    }

    /// The lowest rung first.
    package let rungs: [Rung]
    /// Whether the training is over, at the last of ``rungs``.
    package let hasEnded: Bool
    /// Whether the model has a result folder although it can continue.
    package let isPublished: Bool

    package init(rungs: [Rung], hasEnded: Bool, isPublished: Bool = false) {
      self.rungs = rungs
      self.hasEnded = hasEnded
      self.isPublished = isPublished
    }
  }

  /// The assessment of a trained model, as a job of its own would tell it.
  package struct Assessment: Codable, Sendable, Equatable {
    package let verdict: String
    package let warnings: [String]

    package init(_ verdict: ModelVerdict) {
      self.verdict = verdict.summary
      warnings = verdict.warnings
    }
  }

  private static let maximumBytes = 1 << 20

  package let name: String
  /// The values of the hyper-parameters as text, in the order of the grid.
  package let values: [String]
  /// The fingerprint of the model's job and data; an entry of another job is ignored.
  package let fingerprint: String
  package let outcome: Outcome
  /// What successive halving knows of the model; nil in other searches.
  package var halving: Halving?
  /// The epochs after which the delivered network was taken; nil if unknown.
  package var deliveredEpochs: Double?
  /// Nil for a model that failed.
  package var assessment: Assessment?

  package init(name: String, values: [String], fingerprint: String, outcome: Outcome, halving: Halving? = nil) {
    self.halving = halving
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

  /// Whether the model has a result folder; one that a rung stops has none, because it may take longer to write than to
  /// train, unless the result of the search needs it.
  package var hasResult: Bool {
    guard case .trained = outcome else { return false }
    return halving.map { $0.hasEnded || $0.isPublished } ?? true
  }

  /// The name of the model's result folder in its work folder.
  ///
  /// Each rung has its own, so that an interruption while it is written leaves the earlier one whole.
  package var resultFolder: String {
    rungCount == 0 ? JobFolderLayout.resultFolder : "\(JobFolderLayout.resultFolder)_\(rungCount)"
  }

  /// The rungs that the model has reached; 0 outside of successive halving.
  package var rungCount: Int { halving?.rungs.count ?? 0 }

  /// The reason why training ended, or why it failed.
  package var ending: String {
    switch outcome {
    case .trained(_, let ending, _, _): ending
    case .failed(let reason): reason
    }
  }
}
