/// The names in the folder of a job, shared by daemon, worker and command line.
///
/// No other place defines these names.
package enum JobFolderLayout {
  /// The daemon's copy of the job file as submitted; the copy is what runs.
  package static let jobFile = "job.yaml"
  /// The submitted file itself while the job is being accepted; its owner is the submitter.
  package static let droppedFile = "dropped"
  /// The submitter: uid, name and groups.
  package static let submitterFile = "submitter.json"
  /// The priority that an order gave to the job.
  package static let priorityFile = "priority"
  /// The orders that the job obeyed, one line of JSON each.
  package static let ordersFile = "orders.jsonl"
  /// The prefix of the order from which a job is made that runs another one again; the identifier of that job follows.
  package static let rerunPrefix = "rerun-of-"
  /// The reason for which a job failed or was cancelled.
  package static let reasonFile = "why"
  /// The reason for which the next job waits.
  package static let waitsFile = "waits"
  /// The description of the data files at acceptance.
  package static let inputsFile = "inputs.json"
  /// The number of postponements because the machine could not run the job.
  package static let delayFile = "delays"
  /// The number of crashes of the worker without progress.
  package static let crashFile = "crashes"
  /// The number of kills of the worker from outside without progress.
  package static let killFile = "kills"
  /// The running time of the job so far.
  package static let runTimeFile = "run_time"
  /// The events of the job, one line of JSON each.
  package static let eventsFile = "events.jsonl"
  /// The lock of the process that runs the job.
  package static let lockFile = ".lock"
  /// The lock of `deepspool run`, which may start the process that runs the job.
  package static let runLockFile = ".run.lock"
  /// The number of times that training became unstable, and the changed settings.
  package static let instabilityFile = "instability.json"
  /// The checkpoint folder of a running job; its modification time changes with every checkpoint.
  package static let checkpointFolder = "checkpoint"
  /// The training state from which the job resumes.
  package static let checkpointFile = "\(checkpointFolder)/checkpoint.deepspool"
  /// The name of the model that wrote the latest checkpoint, if a job has several models.
  package static let partFile = "\(checkpointFolder)/part"
  /// The rows that are held out for validation.
  package static let heldOutRowsFile = "\(checkpointFolder)/held_out_rows.json"
  /// The report page, rewritten while the job runs.
  package static let reportFile = "report.html"
  /// The folder of a fold, in the job's folder and in the result; `number` starts at 1.
  package static func foldFolder(_ number: Int) -> String { "\(foldPrefix)\(number)" }

  private static let foldPrefix = "cv_"
  private static let gridFolder = "grid"

  /// The folder in which the `number`-th model of a grid is trained; starts at 1.
  package static func gridModelFolder(_ number: Int) -> String { "\(gridFolder)/\(number)" }

  /// The folder in which the ensemble of a grid is built.
  package static let gridEnsembleFolder = "\(gridFolder)/ensemble"

  /// The record of a trained model of a grid.
  package static let gridEntryFile = "entry.json"

  /// The charts of a trained model of a grid, for the page of the grid.
  package static let gridChartsFile = "charts.json"

  /// Returns whether an entry of a job's folder has only what its training continues from.
  ///
  /// These are checkpoints, and the models of folds and grids. The result has copies of what is delivered.
  package static func isTrainingState(_ name: String) -> Bool {
    [checkpointFolder, gridFolder].contains(name) || name.hasPrefix(foldPrefix)
  }

  /// The folder in which the result is built; one rename publishes it when it is complete.
  package static let resultFolder = "result"
}
