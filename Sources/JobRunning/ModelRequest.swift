internal import Artifacts
internal import DataFrames
internal import DurableFiles
internal import JobFiles

/// One model that shall be trained: the job's own, a fold's, or one of a grid.
struct ModelRequest: Sendable {
  /// What the model is measured on while it trains.
  enum Validation: Sendable {
    case none
    case table(Frame)
    /// The rows of the training table, with these weights.
    case heldOut([Double])
  }

  /// The job, with what is particular to this model filled in.
  let job: JobFile
  let name: String
  /// Tells the models of a job apart.
  let part: String
  /// Where its checkpoint lies.
  let workFolder: String
  let training: Frame
  let validation: Validation
  /// The seed in force where the job leaves it open.
  let seed: Int
  let threads: Int
  /// Leaves a checkpoint when training has ended, so that the model is not trained again after an interruption.
  let keepsFinishedState: Bool
  /// What the whole job was given.
  let origin: JobRequest
  let tablesIdentity: String

  /// Of what the trained network depends on: a resumed job must not go on with other settings or other data.
  var fingerprint: String {
    "job \(Checksum.crc64(origin.jobText[...])), settings \(Checksum.crc64(Array(job.text.utf8)[...])), seed \(seed), "
      + "\(part), \(tablesIdentity)"
  }
}
