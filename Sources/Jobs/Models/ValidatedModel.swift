internal import JobFiles
internal import Metrics
internal import Models
internal import Reports
internal import Training

/// A trained model with its decision threshold and the results of cross-validation.
struct ValidatedModel: Sendable {
  let model: TrainedModel
  let crossValidation: ResultFolder.CrossValidation?

  /// - `folds`: The models of the folds; empty without cross-validation.
  /// - `crossValidation`: Their results.
  init(_ trained: TrainedModel, folds: [TrainedFold], crossValidation: ResultFolder.CrossValidation?) {
    var model = trained.labelled(crossValidation: crossValidation?.metrics)
    if !folds.isEmpty {
      model.baseline.crossValidation = TrainedFold.metrics(of: model.baseline.trivial, on: folds)
    }
    self.model = model
    let labelsAll = model.plan.rules.thresholds == .oneForAllTables
    self.crossValidation = crossValidation.map { found in
      guard labelsAll, let threshold = model.labelThreshold else { return found }
      return found.labelled(from: threshold.value)
    }
  }

  /// The content of the result folder.
  var content: ResultFolder.Content {
    var content = model.content
    content.crossValidation = crossValidation
    return content
  }
}
