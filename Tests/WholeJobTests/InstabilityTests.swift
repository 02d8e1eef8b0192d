import DurableFiles
import Foundation
import JobEvents
import JobFiles
import Jobs
import Synchronization
import TestSupport
import Testing
import Training

@Suite("Unstable training")
struct InstabilityTests {
  private let folder = TemporaryFolder()

  /// A regression whose rate makes the weights grow without bound, but a quarter of it does not.
  private func job(rate: Double, _ extra: String = "") throws -> [UInt8] {
    let rows = (0..<200).map { row in "\(Double(row % 17) / 4),\(Double(row % 5)),\(Double(row % 17) * 3)\n" }
    try FileSystem().write(("a,b,y\n" + rows.joined()).utf8, to: "\(folder.path)/a.csv")
    return Array(
      """
      training_frame: a.csv
      response_column: y
      hidden: [10, 10]
      epochs: 20
      seed: 7
      activation: Rectifier
      adaptive_rate: false
      rate: \(rate)
      rate_annealing: 0
      reproducible: true
      \(extra)

      """.utf8)
  }

  private func warnings(_ job: [UInt8], work: String) async -> (warnings: [String], failure: JobFailure?) {
    let heard = Mutex<[String]>([])
    do {
      let request = try Project.request(job, frames: folder.path, work: "\(folder.path)/\(work)")
      _ = try await JobRunner(request, fileSystem: FileSystem()) { event in
        if case .warning(let text) = event { heard.withLock { $0.append(text) } }
      }.run(TrainingControl())
      return (heard.withLock { $0 }, nil)
    } catch {
      return (heard.withLock { $0 }, error as? JobFailure)
    }
  }

  /// Returns the smallest tested rate that is too large; half or a quarter of it is not.
  private func smallestUnstableRate() async throws -> Double {
    var rate = 0.001
    while await warnings(try job(rate: rate, "unstable_retries: 0"), work: "search-\(rate)").failure == nil {
      rate *= 2
    }
    try #require(rate > 0.001 && rate < 1e6)
    return rate
  }

  @Test("an unstable training restarts with half the rate, recorded in plan and report")
  func halvesTheRate() async throws {
    let rate = try await smallestUnstableRate()
    let (notes, failure) = await warnings(try job(rate: rate), work: "w")
    #expect(failure == nil)
    #expect(notes.first?.contains("grew without bound; restarting with rate \(rate / 2) (retry 1 of 2)") == true)
    let result = "\(folder.path)/w/result"
    let last = rate / (notes.count { $0.contains("restarting") } == 1 ? 2 : 4)
    #expect(try Project.text(result, "plan.yaml").contains("rate: \(last)"))
    #expect(try Project.text(result, "report.html").contains("restarting with rate \(rate / 2)"))
    #expect(try Project.text(result, "job.yaml").contains("rate: \(rate)\n"))
  }

  @Test("after the last retry the job fails with epoch, layer and advice; under h2o-3.46 immediately")
  func fails() async throws {
    let (notes, failure) = await warnings(try job(rate: 1e30), work: "w")
    #expect(notes.count == 2)
    #expect(failure?.cause == .training)
    #expect(failure?.description.contains("unstable in epoch 2, layer 1") == true)
    #expect(failure?.description.contains("smaller rate") == true)
    let exact = await warnings(try job(rate: 1e30, "compatibility: h2o-3.46"), work: "x")
    #expect(exact.warnings.filter { $0.contains("restarting") }.isEmpty)
    #expect(exact.failure?.cause == .training)
  }

  @Test("with adaptive rates the weights are limited instead")
  func limitsTheWeights() async throws {
    let text = String(decoding: try job(rate: 1), as: UTF8.self)
      .replacingOccurrences(of: "adaptive_rate: false\nrate: 1.0\nrate_annealing: 0", with: "epsilon: 1e30\nrho: 0.1")
    let (notes, _) = await warnings(Array(text.utf8), work: "w")
    #expect(notes.first?.contains("restarting with max_w2 10.0 (retry 1 of 2)") == true)
    if notes.count > 1 { #expect(notes[1].contains("max_w2 5.0 (retry 2 of 2)")) }
  }

  @Test("an interrupted job keeps the smaller rate and gives the same model as without interruption")
  func interruption() async throws {
    let job = try job(
      rate: await smallestUnstableRate(), "epochs: 300\nstopping_rounds: 0\nscore_interval: 0")
    let text = String(decoding: job, as: UTF8.self).replacingOccurrences(of: "epochs: 20\n", with: "")
    let bytes = Array(text.utf8)
    let (notes, failure) = await warnings(bytes, work: "whole")
    try #require(failure == nil && !notes.isEmpty)
    let request = try Project.request(bytes, frames: folder.path, work: "\(folder.path)/cut")
    var outcomes = 0
    // Each run is stopped after its first scoring.
    while !FileSystem().exists("\(request.resultFolder)/model") {
      outcomes += 1
      try #require(outcomes < 400)
      let control = TrainingControl()
      let stops = outcomes < 4
      _ = try await JobRunner(request, fileSystem: FileSystem()) { event in
        if stops, case .scored = event { control.stop(.suspend) }
      }.run(control)
    }
    #expect(outcomes > 1)
    func model(_ work: String) throws -> [[UInt8]] {
      let folder = "\(folder.path)/\(work)/result/model"
      return try FileSystem().list(folder).map { try FileSystem().read("\(folder)/\($0)", limit: 1 << 24) }
    }
    #expect(try model("whole") == model("cut"))
  }
}
