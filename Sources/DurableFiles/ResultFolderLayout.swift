/// The names in a result folder: the files of a finished job and those that other jobs read.
///
/// No other place defines these names, except for tables named by their content
/// (`thresholds_training.csv`).
package enum ResultFolderLayout {
  /// The job file as submitted.
  package static let jobFile = JobFolderLayout.jobFile
  /// The values chosen for every setting left to "auto".
  package static let planFile = "plan.yaml"
  package static let metricsFile = "metrics.json"
  /// The description of the tables as they were read.
  package static let dataFile = "data.json"
  /// The events of the job.
  package static let eventsFile = JobFolderLayout.eventsFile
  /// The report page.
  package static let reportFile = JobFolderLayout.reportFile
  package static let modelFolder = "model"
  /// The model in deepspool's own format.
  package static let modelFile = "\(modelFolder)/model.deepspool"
  /// The settings that the model was trained with: those of the job, or those that a grid chose.
  package static let effectiveJobFile = "\(modelFolder)/\(jobFile)"
  /// The files with which training can be continued.
  package static let checkpointFolder = JobFolderLayout.checkpointFolder
  package static let checkpointFile = JobFolderLayout.checkpointFile
  package static let heldOutRowsFile = JobFolderLayout.heldOutRowsFile
  package static let historyFile = "scoring_history.csv"
  package static let summaryFile = "model_summary.csv"
  package static let importancesFile = "variable_importances.csv"
  package static let columnImportancesFile = "variable_importances_by_column.csv"
  /// The training rows with which contributions compare a row.
  package static let backgroundFile = "\(modelFolder)/background.json"
  /// The explanations of the model.
  package static let explanationsFolder = "explanations"
  package static let permutationImportanceFile = "\(explanationsFolder)/permutation_importance.csv"
  package static let partialDependenceFile = "\(explanationsFolder)/partial_dependence.csv"
  /// The curves of single rows.
  package static let individualCurvesFile = "\(explanationsFolder)/individual_curves.csv"
  package static let errorsByPredictorFile = "\(explanationsFolder)/errors_by_predictor.csv"
  package static let explainedContributionsFile = "\(explanationsFolder)/contributions.csv"
  package static let weightsFolder = "weights"
  package static let crossValidationFolder = "cross_validation"
  package static let crossValidationSummaryFile = "metrics_summary.csv"
  package static let foldAssignmentFile = "fold_assignment.csv"
  package static let predictionsFile = "predictions.csv"
  /// The contributions of columns to predictions.
  package static let contributionsFile = "contributions.csv"
  package static let leaderboardFile = "leaderboard.csv"
  package static let gridFailuresFile = "grid_failures.csv"
  /// The result folders of a grid's models.
  package static let modelsFolder = "models"

  /// `layer` starts at 1.
  package static func weightsFile(layer: Int) -> String { "\(weightsFolder)/weights_\(layer).csv" }
  package static func biasesFile(layer: Int) -> String { "\(weightsFolder)/biases_\(layer).csv" }

  /// The folder of the `number`-th model of a grid; starts at 1.
  package static func gridModelFolder(_ number: Int) -> String { "\(modelsFolder)/model_\(number)" }
}
