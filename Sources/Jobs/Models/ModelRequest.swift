internal import DataFrames
internal import DurableFiles
internal import JobFiles
internal import Models
internal import Planning
internal import Reports
internal import Training

/// A request to train one model: the job's main model, that of a fold, or one of a grid.
struct ModelRequest: Sendable {
  /// The job, with the settings of this model filled in.
  var job: JobFile
  var name: String
  /// The name of this model among the models of a job; empty for the main model.
  var part: String
  /// The folder of the model's checkpoint.
  var workFolder: String
  var training: Frame
  /// The rows on which the model is validated during training.
  var validation: ModelPlanner.Validation
  /// The seed if the job gives none.
  var seed: Int
  var threads: Int
  /// Whether a checkpoint is written at the end of training, so that an interrupted job does not
  /// train the model again.
  var keepsFinishedState: Bool
  /// The request for the whole job.
  let origin: JobRequest
  /// The data files; a checkpoint for other data cannot be used.
  let inputs: JobInputs
  /// The tables as they were read; nil for the models of folds, which have the tables of the main model.
  var data: DescribedTables?
  /// The division of the training table that produced ``validation``, if any.
  let heldOut: HeldOutTable?

  /// Whether one rank trains the model alone, while others train other models of the job.
  var isSpread = false

  /// Where a search pauses the training; the fingerprint does not cover it, so that the training can continue.
  var limits = TrainingLimits()

  /// The instabilities of this training so far.
  var instability = Instability()

  /// Returns the ranks that train copies of the network: all, unless the job spreads its models and this one has fewer
  /// copies.
  func ranksOfCopies(_ plan: ModelPlan) -> RankGroup {
    let ranks = origin.ranks
    return isSpread || plan.training.course.shards.count < ranks.count ? .alone : ranks
  }

  /// The validation table; nil without one.
  var validationFrame: Frame? {
    if case .table(let frame) = validation { frame } else { nil }
  }

  /// The compatibility mode of the job.
  var compatibility: Compatibility { origin.compatibility(job) }

  /// Settings that follow from others.
  var settings: SettingsInForce { SettingsInForce(job, compatibility) }

  /// The job with all settings in force, including changes after instabilities.
  var trainedJob: JobFile { SettingsInForce(instability.applied(to: job), compatibility).settled }

  /// The origin of the model, for its report.
  var provenance: ReportContent.Provenance {
    .init(
      tables: inputs.inputs.map(\.description), threads: threads, host: HostName.current,
      system: MachineSystem.current, heldOut: heldOut?.sentence, repetition: origin.repetition)
  }

  /// A fingerprint of settings and data: a resumed job must not continue with different ones.
  var fingerprint: String {
    "job \(Checksum.crc64(origin.jobText[...])), settings \(Checksum.crc64(Array(job.text.utf8)[...])), seed \(seed), "
      + "\(part), \(inputs.inputs.map(\.identity))" + (heldOut.map { ", held out \($0.fingerprint)" } ?? "")
  }

  /// Returns a fingerprint that also covers inputs and classes.
  ///
  /// Weights are meaningless without them, and another build may read or order them differently.
  func fingerprint(of encoding: RowEncoding) -> String {
    let names = (encoding.inputNames + ["classes"] + (encoding.classes ?? [])).joined(separator: "\u{0}")
    return "\(fingerprint), inputs \(Checksum.crc64(Array(names.utf8)[...]))"
  }
}
