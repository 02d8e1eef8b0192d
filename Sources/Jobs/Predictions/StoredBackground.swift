package import DataFrames
package import DurableFiles
package import Explanations
package import JobEvents
package import Models

/// The rows with which the contributions of a stored model compare a row.
package enum StoredBackground {
  private static let maximumBytes = 1 << 28
  /// The seed of draws, which has to be the same for every prediction of a model.
  private static let seed: UInt64 = 1

  /// Reads the background beside a model.
  ///
  /// - Parameters:
  ///   - path: A result folder or its `model` folder.
  ///   - model: The model.
  ///   - fileSystem: How the file is read.
  /// - Returns: The stored rows.
  /// - Throws: ``JobFailure`` if there is no background, or if it does not fit the model.
  package static func read(
    _ path: String, for model: Model, fileSystem: FileSystem
  ) throws(JobFailure) -> Background {
    let name = Paths.name(of: ResultFolderLayout.backgroundFile)
    for candidate in ["\(path)/\(ResultFolderLayout.backgroundFile)", "\(path)/\(name)"] {
      let bytes: [UInt8]?
      do throws(FileSystemError) {
        bytes = try fileSystem.readIfPresent(candidate, limit: maximumBytes)
      } catch {
        throw JobFailure(error)
      }
      guard let bytes else { continue }
      guard let background = try? JSONCoding.decode(Background.self, from: bytes), background.isSound(for: model)
      else { throw JobFailure(.job, "'\(candidate)' does not fit the model; train the model again") }
      return background
    }
    throw JobFailure(
      .job,
      "contributions need rows to compare with, but '\(path)' has no \(name); name the result folder of a training, or "
        + "give a table with --background")
  }

  /// Encodes all rows of a table, up to a limit.
  ///
  /// - Parameters:
  ///   - frame: The table.
  ///   - model: The model.
  ///   - count: The largest number of rows.
  /// - Returns: The rows as the model encodes them.
  /// - Throws: `FrameError` if the table does not fit the model.
  package static func of(_ frame: Frame, for model: Model, count: Int) throws -> Background {
    try Background(frame, for: model, count: count, seed: seed)
  }

  /// Returns what computes the contributions of a model.
  ///
  /// - Throws: ``JobFailure`` for an autoencoder.
  package static func explainer(
    _ model: Model, _ background: Background, threads: Int, heartbeat: @escaping @Sendable () -> Void = {}
  ) throws(JobFailure) -> ContributionExplainer {
    let explainer = ContributionExplainer(
      model, background: background, seed: seed, scorer: ModelScorer(threads: threads, heartbeat: heartbeat))
    guard let explainer else { throw refusal }
    return explainer
  }

  /// The reason why an autoencoder has no contributions.
  static let autoencoder = "this model is an autoencoder"

  /// The failure of an autoencoder.
  package static let refusal = JobFailure(
    .job, "contributions need a model that predicts a response; \(autoencoder)")
}
