internal import DataFrames
internal import DurableFiles
internal import JobFiles
internal import Models
internal import Planning
internal import Reports

/// One model that shall be trained: the job's own, a fold's, or one of a grid.
struct ModelRequest: Sendable {
  /// The job, with what is particular to this model filled in.
  var job: JobFile
  var name: String
  /// Tells the models of a job apart.
  var part: String
  /// Where its checkpoint lies.
  var workFolder: String
  var training: Frame
  /// What the model is measured on while it trains.
  var validation: ModelPlanner.Validation
  /// The seed in force where the job leaves it open.
  var seed: Int
  var threads: Int
  /// Leaves a checkpoint when training has ended, so that the model is not trained again after an interruption.
  var keepsFinishedState: Bool
  /// What the whole job was given.
  let origin: JobRequest
  /// The data files: a checkpoint of other data is of no use.
  let inputs: JobInputs
  /// The rows of the training table that ``validation`` is made of, if it is.
  let heldOut: HeldOutTable?

  /// What its training went through so far.
  var instability = Instability()

  /// The mode of the job in the words of each module.
  var compatibility: Compatibility { origin.compatibility(job) }

  /// Settings that follow from others.
  var settings: SettingsInForce { SettingsInForce(job, compatibility) }

  /// The job with the settings that are in force after that.
  var trainedJob: JobFile { SettingsInForce(instability.applied(to: job), compatibility).settled }

  /// For the report: what the model was made of.
  var provenance: ReportContent.Provenance {
    .init(
      tables: inputs.inputs.map(\.description), threads: threads, host: HostName.current, heldOut: heldOut?.sentence)
  }

  /// Of what the trained network depends on: a resumed job must not go on with other settings or other data.
  var fingerprint: String {
    "job \(Checksum.crc64(origin.jobText[...])), settings \(Checksum.crc64(Array(job.text.utf8)[...])), seed \(seed), "
      + "\(part), \(inputs.inputs.map(\.identity))" + (heldOut.map { ", held out \($0.fingerprint)" } ?? "")
  }

  /// The same for the weights of a network, which mean nothing without the inputs and classes that they belong to: another
  /// build may read or order them otherwise.
  func fingerprint(of encoding: RowEncoding) -> String {
    let names = (encoding.inputNames + ["classes"] + (encoding.classes ?? [])).joined(separator: "\u{0}")
    return "\(fingerprint), inputs \(Checksum.crc64(Array(names.utf8)[...]))"
  }
}
