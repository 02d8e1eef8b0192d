import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Synchronization
import TestSupport
import Testing
import Training

@Suite("Frozen inputs")
struct JobInputsTests {
  private let folder = TemporaryFolder()
  private static let rows = "x,y\n" + (0..<60).map { "\($0 % 7),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()

  private func job(_ extra: String = "", frame: String = "a.csv") -> [UInt8] {
    Array("training_frame: \(frame)\nresponse_column: y\nhidden: [2]\nepochs: 1\n\(extra)".utf8)
  }

  private func write(_ name: String, _ text: String = rows) throws {
    try FileSystem().makeFolder(Paths.folder(of: "\(folder.path)/\(name)"))
    try FileSystem().write(text.utf8, to: "\(folder.path)/\(name)")
  }

  /// Records the state of the job's files, as the daemon does when it accepts a job.
  private func accept(
    _ job: [UInt8], hashedBytes: Int = FileFingerprint.maximumHashedBytes
  ) throws -> JobRequest {
    let request = try Project.request(job, frames: folder.path, work: "\(folder.path)/work")
    try FileSystem().makeFolder(request.workFolder)
    let inputs = try JobInputs.of(request.job, resolveFrame: request.files.frame) { path, opener, bytes in
      try FileFingerprint.of(path, by: opener, hashedBytes: min(bytes, hashedBytes))
    }
    try FileSystem().write(inputs.bytes, to: "\(request.workFolder)/\(JobFolderLayout.inputsFile)")
    return request
  }

  private func failure(
    _ request: JobRequest, onEvent: @escaping @Sendable (JobEvent) -> Void = { _ in }
  ) async -> JobFailure? {
    do throws(JobFailure) {
      _ = try await JobRunner(request, fileSystem: FileSystem(), onEvent: onEvent).run(TrainingControl())
      return nil
    } catch {
      return error
    }
  }

  @Test("a job runs on the data that it was accepted with; touching a file does not count as a change")
  func unchanged() async throws {
    try write("a.csv")
    let request = try accept(job())
    #expect(utimes("\(folder.path)/a.csv", nil) == 0)
    #expect(await failure(request) == nil)
  }

  @Test("a changed, removed or added file fails the job with its name")
  func changed() async throws {
    try write("a.csv")
    let request = try accept(job())
    try write("a.csv", Self.rows.replacingOccurrences(of: "6,a", with: "5,a"))
    let changed = await failure(request)
    #expect(changed?.cause == .inputs)
    #expect(changed?.description.contains("'a.csv' has changed: it was [a.csv: 244 bytes, last changed 20") == true)
    #expect(changed?.description.contains("A retry uses the data as they are now") == true)
    try FileSystem().remove("\(folder.path)/a.csv")
    let gone = await failure(request)
    #expect(gone?.cause == .inputs)
    #expect(gone?.description == "'a.csv' is gone; put it back")
  }

  @Test("a file that was sampled when its job was accepted is sampled again when the job runs")
  func sampled() async throws {
    try write("a.csv", Self.rows + String(repeating: "3,a\n", count: 1 << 20))
    let request = try accept(job("max_runtime_secs: 1\n"), hashedBytes: 2 << 20)
    #expect(await failure(request) == nil)
    #expect(utimes("\(folder.path)/a.csv", nil) == 0)
    #expect(await failure(request)?.description.contains("'a.csv' has changed") == true)
  }

  @Test("changes in a folder are reported for each file")
  func folderOfFiles() async throws {
    for name in ["t/1.csv", "t/2.csv"] { try write(name) }
    let request = try accept(job(frame: "t"))
    try write("t/3.csv")
    #expect(await failure(request)?.description.contains("'t/3.csv' was added") == true)
    try FileSystem().remove("\(folder.path)/t/3.csv")
    try FileSystem().remove("\(folder.path)/t/1.csv")
    #expect(await failure(request)?.description.contains("'t/1.csv' was removed") == true)
  }

  @Test("input_changes: allow permits changes")
  func allowed() async throws {
    try write("a.csv")
    let request = try accept(job("input_changes: allow\n"))
    try write("a.csv", Self.rows + "1,a\n")
    #expect(await failure(request) == nil)
  }

  @Test("replacing a file while it is read fails the job")
  func replacedWhileRead() async throws {
    try write("a.csv")
    let request = try Project.request(job(), frames: folder.path, work: "\(folder.path)/work")
    let path = "\(folder.path)/a.csv"
    let failed = await failure(request) { event in
      guard case .tableRead = event else { return }
      try? FileSystem().write((Self.rows + "1,a\n").utf8, to: path)
    }
    #expect(failed?.cause == .inputs)
    #expect(failed?.description.contains("during reading, 'a.csv' has changed") == true)
  }

  @Test("the hash is XXH3 of 128 bits; large files are sampled, and their modification time counts too")
  func fingerprints() throws {
    // The expected values come from `xxhsum -H2`.
    try write("empty", "")
    #expect(try FileFingerprint.of("\(folder.path)/empty").hash == "99aa06d3014798d86001c324468d497f")
    try write("abc", "abc")
    #expect(try FileFingerprint.of("\(folder.path)/abc").hash == "06b05ab6733a618578af5f94892f3950")
    let path = "\(folder.path)/large"
    func make(_ offset: Int) throws -> FileFingerprint {
      try FileSystem().write([], to: path)
      #expect(truncate(path, (1 << 30) + (64 << 20)) == 0)
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try handle.seek(toOffset: UInt64(offset))
      try handle.write(contentsOf: Data([1]))
      try handle.close()
      return try FileFingerprint.of(path)
    }
    let (first, last) = (try make(0), try make((1 << 30) + (64 << 20) - 1))
    #expect(!first.isWhole && first.hash != last.hash)
    #expect(!first.hasSameContent(as: last))
    let later = FileFingerprint(
      byteCount: first.byteCount, modifiedSeconds: first.modifiedSeconds + 1, hash: first.hash)
    #expect(!first.hasSameContent(as: later))
  }

  @Test("a file is hashed once for many jobs, and again after a change")
  func memory() throws {
    try write("a.csv")
    let memory = FileFingerprint.Memory()
    let path = "\(folder.path)/a.csv"
    let first = try memory.fingerprint(of: path)
    #expect(try memory.fingerprint(of: path) == first)
    try write("a.csv", Self.rows + "1,a\n")
    #expect(try memory.fingerprint(of: path) != first)
    #expect(throws: FingerprintError.self) { try memory.fingerprint(of: folder.path) }
  }
}
