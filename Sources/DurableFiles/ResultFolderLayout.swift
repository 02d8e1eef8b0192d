/// Names in a result folder: what a finished job leaves, and what others read of it.
///
/// Every name stands here and nowhere else; tables that are named by what they hold (`thresholds_training.csv`) are named
/// where they are made.
package enum ResultFolderLayout {
  /// The job as its submitter wrote it.
  package static let jobFile = JobFolderLayout.jobFile
  /// What every "auto" became.
  package static let planFile = "plan.yaml"
  package static let metricsFile = "metrics.json"
  /// The course of the job.
  package static let eventsFile = JobFolderLayout.eventsFile
  /// The page for people.
  package static let reportFile = JobFolderLayout.reportFile
  package static let modelFolder = "model"
  /// The model in deepspool's own format.
  package static let modelFile = "\(modelFolder)/model.deepspool"
  /// The settings that the model was trained with: those of the job, or what a grid made of them.
  package static let effectiveJobFile = "\(modelFolder)/\(jobFile)"
  /// With these a training can be continued.
  package static let checkpointFolder = JobFolderLayout.checkpointFolder
  package static let checkpointFile = JobFolderLayout.checkpointFile
  package static let heldOutRowsFile = JobFolderLayout.heldOutRowsFile
  package static let historyFile = "scoring_history.csv"
  package static let summaryFile = "model_summary.csv"
  package static let importancesFile = "variable_importances.csv"
  package static let weightsFolder = "weights"
  package static let crossValidationFolder = "cross_validation"
  package static let crossValidationSummaryFile = "metrics_summary.csv"
  package static let foldAssignmentFile = "fold_assignment.csv"
  package static let predictionsFile = "predictions.csv"
  package static let leaderboardFile = "leaderboard.csv"
  package static let gridFailuresFile = "grid_failures.csv"
  /// The result folders of a grid's models.
  package static let modelsFolder = "models"

  /// `layer` from 1.
  package static func weightsFile(layer: Int) -> String { "\(weightsFolder)/weights_\(layer).csv" }
  package static func biasesFile(layer: Int) -> String { "\(weightsFolder)/biases_\(layer).csv" }

  /// The model of a grid that was tried as the `number`-th, from 1.
  package static func gridModelFolder(_ number: Int) -> String { "\(modelsFolder)/model_\(number)" }
}
