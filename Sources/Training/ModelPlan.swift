package import DataFrames
package import DeepLearning
package import Models

/// One model that is to be trained, with every choice made: what `Planning` makes of a job and its tables, and all that
/// training needs beside a starting point.
package struct ModelPlan: Sendable {
  package let training: TrainingPlan
  package let scoring: ScoringPlan
  /// The model without its weights.
  package let template: Model
  /// The rows that are trained on.
  package let rows: EncodedRows
  package let trainingTable: ScoringTable
  package let validationTable: ScoringTable?
  /// What the model is compared with.
  package let baseline: Baseline
  /// For layers, copies of the network and scoring.
  package let threads: Int

  package init(
    training: TrainingPlan, scoring: ScoringPlan, template: Model, rows: EncodedRows, trainingTable: ScoringTable,
    validationTable: ScoringTable?, baseline: Baseline, threads: Int
  ) {
    self.training = training
    self.scoring = scoring
    self.template = template
    self.rows = rows
    self.trainingTable = trainingTable
    self.validationTable = validationTable
    self.baseline = baseline
    self.threads = threads
  }

  /// The model with the weights that `state` publishes.
  package func model(_ state: NetworkState) -> Model {
    var model = template
    model.state = state.published
    return model
  }

  /// A network with first weights, also where training goes on from others.
  package var untrainedNetwork: NetworkState {
    training.initialWeights.network(
      training.topology, isClassifier: training.isClassifier, rule: training.options.rule)
  }

  /// The networks that may compete with the best one when training ends.
  var candidates: BestModelCandidates {
    BestModelCandidates(
      scoring, parameterCount: training.topology.parameterCount, memories: training.options.rule.memoriesPerWeight,
      trainedRows: training.schedule.totalSamples,
      scoredRows: trainingTable.rowCount + (validationTable?.rowCount ?? 0))
  }
}

extension ModelPlan {
  /// Where a training is that has come so far.
  ///
  /// `isLast`: Whether it ends here for its own reasons; by default whether its epochs are done.
  package func point(_ progress: TrainingProgress, isLast: Bool? = nil) -> ScoringPoint {
    let schedule = training.schedule
    return ScoringPoint(
      iteration: progress.iteration, samples: progress.samples, epochs: schedule.epochs(samples: progress.samples),
      elapsedSeconds: progress.elapsedSeconds, fraction: fraction(progress), position: progress.position,
      trainedMissingUnits: progress.trainedMissingUnits, isLast: isLast ?? schedule.isDone(samples: progress.samples))
  }

  /// Share of the training that is done: of its epochs or, if that is more, of its time.
  private func fraction(_ progress: TrainingProgress) -> Double {
    let ofTime = training.maximumRuntimeSeconds.map { min(1, progress.elapsedSeconds / $0) } ?? 0
    return max(training.schedule.fraction(samples: progress.samples), ofTime)
  }
}

extension TrainingProgress {
  /// How far training was when a point was scored, which lies between two iterations.
  ///
  /// `rowSet`: The rows of its sequence; nil where each iteration has an order of its own.
  package init(at point: ScoringPoint, rowSet: RowSequence.Identity?) {
    self.init()
    position = point.position
    self.rowSet = rowSet
    isAtStart = false
    iteration = point.iteration
    samples = point.samples
    samplesBeforeIteration = point.samples
    elapsedSeconds = point.elapsedSeconds
    trainedMissingUnits = point.trainedMissingUnits
  }
}
