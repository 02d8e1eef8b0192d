internal import DataFrames
internal import DeepLearning
internal import JobFiles

/// The encoding of table rows as network inputs.
extension TrainingPlanner {
  /// Returns the encoding of `frame`, the objective, and warnings about dropped columns.
  ///
  /// - `keeping`: Columns that remain inputs even if they are constant.
  func encoding(
    of frame: Frame, seed: Int, keeping kept: Set<String> = []
  ) throws -> (encoding: RowEncoding, objective: Objective, dropped: [String]) {
    let objective = try objective(response(of: frame))
    var choices = choices
    choices.seed = seed
    choices.responseScale = responseScale(objective)
    choices.keptColumns = kept
    let (encoding, dropped) = try RowEncodingBuilder(choices).build(frame, response: job.responseColumn)
    return (encoding, objective, dropped)
  }

  /// A builder for the encoding of a table of which only the shape is known.
  var encodingBuilder: RowEncodingBuilder { RowEncodingBuilder(choices) }

  private var choices: RowEncodingBuilder.Choices {
    var choices = RowEncodingBuilder.Choices()
    choices.ignoredColumns = Set(job.ignoredColumns).subtracting([job.responseColumn ?? ""])
    choices.dropsConstantColumns = job.ignoreConstCols
    choices.alwaysDropsBadColumns = !compatibility.has(.badColumnsDroppedWithConstantOnes)
    choices.usesAllLevels = job.useAllFactorLevels || job.autoencoder
    choices.scalesByRange = job.autoencoder
    choices.weightsColumn = job.weightsColumn
    choices.offsetColumn = job.offsetColumn
    choices.foldColumn = job.foldColumn
    choices.groupColumn = job.groupColumn
    choices.addsMissingIndicators = addsMissingIndicators
    choices.categoricalEncoding = CategoricalEncoding(job.categoricalEncoding)
    choices.hashesLimitedLevels = compatibility.has(.limitedLevelsAreHashed)
    choices.maximumCategoricalInputs = job.maxCategoricalFeatures
    choices.standardizesInputs = job.standardize
    choices.scalesByQuartiles = job.numericTransform == .robustClip
    choices.takesRunningMoments = compatibility.has(.momentsAreRunning)
    choices.isSparse = job.sparse
    choices.centersSparseRange = compatibility.has(.sparseTrainingLosesInputs)
    return choices
  }

  private func responseScale(_ objective: Objective) -> RowEncodingBuilder.ResponseScale {
    guard case .regression(let distribution) = objective else { return .residual }
    guard distribution.hasIdentityLink else { return .units }
    guard compatibility.has(.responseScaleFollowsInputs) else { return .residual }
    return job.standardize ? .standardized : .units
  }
}
