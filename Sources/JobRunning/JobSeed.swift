internal import DurableFiles
internal import JobFiles

/// The seed of a job; one that the job leaves open is drawn once and kept, so that a resumed job goes on with it.
struct JobSeed {
  private static let maximumBytes = 32

  let workFolder: String
  let fileSystem: FileSystem

  func inForce(_ job: JobFile) throws -> Int {
    guard job.seed == -1 else { return job.seed }
    let path = "\(workFolder)/seed"
    if let bytes = try? fileSystem.read(path, limit: Self.maximumBytes),
      let seed = Int(String(decoding: bytes, as: UTF8.self))
    {
      return seed
    }
    let seed = Int(Int64.random(in: 0...(.max)))
    try fileSystem.write("\(seed)".utf8, to: path)
    return seed
  }
}
