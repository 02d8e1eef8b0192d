/// Names in the folder of a job, whatever its state: the daemon, the worker that runs the job and the command line meet
/// in them.
///
/// Every name stands here and nowhere else.
package enum JobFolderLayout {
  /// The job as its submitter wrote it.
  package static let jobFile = "job.yaml"
  /// Says why a job failed or was cancelled.
  package static let reasonFile = "why"
  /// Says why a job waits whose turn it is.
  package static let waitsFile = "waits"
  /// What the job's data files were like when it was accepted.
  package static let inputsFile = "inputs.json"
  /// How often a job was put off because the machine could not run it.
  package static let delayFile = "delays"
  /// How often the job's own process crashed without progress.
  package static let crashFile = "crashes"
  /// How often the job's process was killed from outside without progress.
  package static let killFile = "kills"
  /// What happens to the job, a line of JSON for each event.
  package static let eventsFile = "events.jsonl"
  /// How often the training became unstable, and what was changed for it.
  package static let instabilityFile = "instability.json"
  /// Where a running job keeps its checkpoint; the folder changes whenever one is written.
  package static let checkpointFolder = "checkpoint"
  /// The training as it can go on.
  package static let checkpointFile = "\(checkpointFolder)/checkpoint.deepspool"
  /// Which rows were set aside for validation.
  package static let heldOutRowsFile = "\(checkpointFolder)/held_out_rows.json"
  /// The page for people, written anew while the job runs.
  package static let reportFile = "report.html"
  /// The folder of a fold, of its work and of its part of the result; `number` from 1.
  package static func foldFolder(_ number: Int) -> String { "cv_\(number)" }

  /// Where the `number`-th model of a grid is trained, from 1.
  package static func gridModelFolder(_ number: Int) -> String { "grid/\(number)" }

  /// What a grid remembers of a model that it has trained.
  package static let gridEntryFile = "entry.json"

  /// Where the result is built; it leads to the spool's results by one rename when it is complete.
  package static let resultFolder = "result"
}
