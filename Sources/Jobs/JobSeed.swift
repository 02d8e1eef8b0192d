internal import DurableFiles
internal import JobFiles
internal import Training

/// The seed of a job.
///
/// If the job gives none, the seed is that of the model that the job continues. Otherwise it is
/// drawn once and stored, so that a resumed job uses it again.
struct JobSeed {
  private static let maximumBytes = 32

  let request: JobRequest
  let fileSystem: FileSystem

  func inForce() throws -> Int {
    guard request.job.seed == -1 else { return request.job.seed }
    if let seed = earlier { return seed }
    let path = "\(request.workFolder)/seed"
    if let bytes = try? fileSystem.read(path, limit: Self.maximumBytes),
      let seed = Int(String(decoding: bytes, as: UTF8.self))
    {
      return seed
    }
    let seed = Int(Int64.random(in: 0...(.max)))
    try fileSystem.write("\(seed)".utf8, to: path)
    return seed
  }

  /// The seed of the model that the job continues; faults of that model are reported elsewhere.
  private var earlier: Int? {
    guard let name = request.job.checkpoint, let place = try? request.files.model(name),
      let bytes = try? fileSystem.reading(by: place.opener).read(
        "\(place.folder)/\(JobFolderLayout.checkpointFile)", limit: CheckpointFile.maximumBytes)
    else { return nil }
    return try? CheckpointFile.seed(of: bytes)
  }
}
