import ArgumentParser
internal import JobFiles
internal import Models

/// The `--threshold` option of commands that predict with a finished model, or export one.
struct LabelThresholdOption: ParsableArguments {
  @Option(
    help: """
      Decision threshold for the second of two classes; it replaces the model's own.
      """)
  var threshold: Double?

  func validate() throws {
    guard let threshold, !LabelThresholdChoice.isThreshold(threshold) else { return }
    throw ValidationError("--threshold must be \(LabelThresholdChoice.rangeText), found \(threshold.text)")
  }

  /// Returns the model with this threshold, if one is given.
  ///
  /// - Throws: ``CommandFailure`` if the model does not use a threshold.
  func applied(to model: Model) throws(CommandFailure) -> Model {
    guard let threshold else { return model }
    do throws(LabelThresholdError) { return try model.labelled(from: threshold) } catch {
      throw CommandFailure(.badData, "--threshold \(error)")
    }
  }
}
