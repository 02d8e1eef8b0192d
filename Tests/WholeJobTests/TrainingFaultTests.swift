import DurableFiles
import FaultyDisks
import Foundation
import JobEvents
import Jobs
import Models
import Synchronization
import TestSupport
import Testing
import Training

/// The n-th call that changes the file system fails while a job trains, writes checkpoints and
/// writes its result, for every n (see ``FailingCalls``).
///
/// When it runs again, the job ends with the same bytes as without faults.
@Suite("Failing file system calls during training")
struct TrainingFaultTests {
  private static let samples = "\(Project.root)/Spool/samples"
  private static let job = Array(
    """
    training_frame: iris.csv
    response_column: Species
    hidden: [3]
    epochs: 4
    seed: 3
    reproducible: true
    train_samples_per_iteration: 60
    score_interval: 0
    score_duty_cycle: 1
    exports: [mojo]
    """.utf8)

  /// Runs the job, which is suspended once; returns whether it finished.
  private func live(_ request: JobRequest, _ fileSystem: FileSystem) async -> Bool {
    for isSuspended in [true, false] {
      let control = TrainingControl()
      let scores = Atomic(0)
      let runner = JobRunner(request, fileSystem: fileSystem) { event in
        guard isSuspended, case .scored = event else { return }
        if scores.wrappingAdd(1, ordering: .relaxed).newValue == 2 { control.stop(.suspend) }
      }
      if case .finished = try? await runner.run(control) { return true }
    }
    return false
  }

  private func files(_ folder: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in try FileSystem().list(folder) {
      let path = "\(folder)/\(name)"
      if try FileSystem().status(path).kind == .folder {
        for (inner, bytes) in try files(path) { found["\(name)/\(inner)"] = bytes }
      } else {
        found[name] = try FileSystem().read(path, limit: 1 << 24)
      }
    }
    return found
  }

  @Test("the model has the same bytes, and no file is missing", arguments: FailingCalls.codes)
  func everyCall(_ code: Int32) async throws {
    let undisturbed = TemporaryFolder()
    let request = try Project.request(Self.job, frames: Self.samples, work: undisturbed.path)
    let counter = FailingCall()
    #expect(await live(request, counter.fileSystem))
    let whole = try files(request.resultFolder)
    #expect(FileSystem().exists("\(undisturbed.path)/\(JobFolderLayout.checkpointFile)"), "it was not suspended")
    #expect(counter.count >= 100 && whole.count >= 10, "\(counter.count) calls, \(whole.keys.sorted())")
    for failing in FailingCalls.numbers(of: counter.count, with: code) {
      let place = "call \(failing), \(String(cString: strerror(code)))"
      let folder = TemporaryFolder()
      let request = try Project.request(Self.job, frames: Self.samples, work: folder.path)
      var isFinished = await live(request, FailingCall(failing, code: code).fileSystem)
      if !isFinished { isFinished = await live(request, FileSystem()) }
      #expect(isFinished, "\(place): the job does not end")
      let result = try files(request.resultFolder)
      #expect(result.keys.sorted() == whole.keys.sorted(), "\(place)")
      #expect(result[ResultFolderLayout.modelFile] == whole[ResultFolderLayout.modelFile], "\(place): another model")
      #expect(result["scoring_history.csv"]?.count ?? 0 > 100, "\(place): no history")
    }
  }
}
