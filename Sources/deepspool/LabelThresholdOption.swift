import ArgumentParser
internal import JobFiles
internal import Models

/// `--threshold` of commands that label rows with a finished model, or export one.
struct LabelThresholdOption: ParsableArguments {
  @Option(
    help: """
      Two classes: the label is the second class from this probability on, instead of from the model's own threshold.
      """)
  var threshold: Double?

  func validate() throws {
    guard let threshold, !LabelThresholdChoice.isThreshold(threshold) else { return }
    throw ValidationError("--threshold must be \(LabelThresholdChoice.rangeText), found \(threshold.text)")
  }

  /// The model with this threshold, if one was given.
  ///
  /// - Throws: ``CommandFailure`` if it has no threshold.
  func applied(to model: Model) throws(CommandFailure) -> Model {
    guard let threshold else { return model }
    do throws(LabelThresholdError) { return try model.labelled(from: threshold) } catch {
      throw CommandFailure(.badData, "--threshold \(error)")
    }
  }
}
