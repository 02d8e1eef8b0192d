package import DataFrames
package import DeepLearning
package import Models

/// The plan of one model, with every choice made: all that training needs besides an initial network.
///
/// `Planning` creates it from a job and its tables.
package struct ModelPlan: Sendable {
  package let training: TrainingPlan
  package let scoring: ScoringPlan
  /// The model without its weights.
  package let template: Model
  /// The rows that are trained on; without inputs if ``parts`` has them.
  package let rows: EncodedRows
  /// The rows of a table of which no rank keeps all; nil if this process has them.
  package let parts: PartedRows?
  package let trainingTable: ScoringTable
  package let validationTable: ScoringTable?
  /// The trivial model to compare with.
  package let baseline: Baseline
  /// The threads for layers, copies of the network and scoring.
  package let threads: Int

  package init(
    training: TrainingPlan, scoring: ScoringPlan, template: Model, rows: EncodedRows, parts: PartedRows? = nil,
    trainingTable: ScoringTable, validationTable: ScoringTable?, baseline: Baseline, threads: Int
  ) {
    self.training = training
    self.scoring = scoring
    self.template = template
    self.rows = rows
    self.parts = parts
    self.trainingTable = trainingTable
    self.validationTable = validationTable
    self.baseline = baseline
    self.threads = threads
  }

  /// Returns the model with the weights that `state` publishes.
  package func model(_ state: NetworkState) -> Model {
    var model = template
    model.state = state.published
    return model
  }

  /// A network with initial weights, even if training continues from others.
  package var untrainedNetwork: NetworkState {
    training.initialWeights.network(
      training.topology, isClassifier: training.isClassifier, rule: training.options.rule)
  }

  /// The networks that may compete with the best one when training ends.
  var candidates: BestModelCandidates {
    BestModelCandidates(
      scoring, parameterCount: training.topology.parameterCount, memories: training.options.rule.memoriesPerWeight,
      trainedRows: training.course.schedule.totalSamples,
      scoredRows: trainingTable.rowCount + (validationTable?.rowCount ?? 0))
  }
}

extension ModelPlan {
  /// Returns the current point of a training.
  ///
  /// `isLast`: Whether training ends here; by default, if its epochs are complete.
  package func point(_ progress: TrainingProgress, isLast: Bool? = nil) -> ScoringPoint {
    let schedule = training.course.schedule
    return ScoringPoint(
      iteration: progress.iteration, samples: progress.samples, epochs: schedule.epochs(samples: progress.samples),
      elapsedSeconds: progress.elapsedSeconds, averagingSeconds: progress.averagingSeconds,
      fraction: fraction(progress), position: progress.position, trainedMissingUnits: progress.trainedMissingUnits,
      isLast: isLast ?? schedule.isDone(samples: progress.samples))
  }

  /// Returns the fraction of the training that is complete, of its epochs or of its time limit, whichever is larger.
  private func fraction(_ progress: TrainingProgress) -> Double {
    let ofTime = training.course.maximumRuntimeSeconds.map { min(1, progress.elapsedSeconds / $0) } ?? 0
    return max(training.course.schedule.fraction(samples: progress.samples), ofTime)
  }
}

extension TrainingProgress {
  /// The progress at the point of a scoring, which lies between two iterations.
  ///
  /// `rowSet`: The rows of the row sequence; nil if each iteration draws its own order.
  package init(at point: ScoringPoint, rowSet: RowSequence.Identity?) {
    self.init()
    position = point.position
    self.rowSet = rowSet
    isAtStart = false
    iteration = point.iteration
    samples = point.samples
    samplesBeforeIteration = point.samples
    elapsedSeconds = point.elapsedSeconds
    averagingSeconds = point.averagingSeconds
    trainedMissingUnits = point.trainedMissingUnits
  }
}
