import Spooling
import Testing

@Suite("Limits of the running time")
struct RunTimeLimitsTests {
  private let id = JobIdentifier(number: 1, name: "a")
  private let other = JobIdentifier(number: 2, name: "b")

  @Test("a job at the limit is asked once to finish, and fails after a tenth of the limit")
  func configured() {
    var limits = RunTimeLimits(configuredSeconds: 3600)
    limits.start(id, ownSeconds: nil, nowSeconds: 100)
    limits.start(other, ownSeconds: nil, nowSeconds: 900)
    #expect(limits.due(nowSeconds: 3699).isEmpty)
    #expect(
      limits.due(nowSeconds: 3700)
        == [.finish(id, reason: "it has run as long as max_job_runtime_secs (3600 s) allows")])
    #expect(limits.due(nowSeconds: 4059).isEmpty)
    let reason =
      "it ran longer than max_job_runtime_secs (3600 s) allows, and did not finish within 360 s after that"
    #expect(limits.due(nowSeconds: 4060) == [.fail(id, reason: reason)])
    #expect(limits.due(nowSeconds: 4061).isEmpty)
    limits.ended(other)
    #expect(limits.due(nowSeconds: 99_999).isEmpty)
  }

  @Test("the smaller limit of configuration and job counts, and no limit means none")
  func own() {
    var limits = RunTimeLimits()
    limits.start(id, ownSeconds: 5, nowSeconds: 0)
    limits.start(other, ownSeconds: nil, nowSeconds: 0)
    let asked = [
      RunTimeLimits.Step.finish(
        id, reason: "it has run as long as job.max_runtime_secs (5 s) allows")
    ]
    #expect(limits.due(nowSeconds: 1e6) == asked)
    limits.configuredSeconds = 10
    #expect(
      limits.due(nowSeconds: 1e6)
        == [.finish(other, reason: "it has run as long as max_job_runtime_secs (10 s) allows")])
  }

  @Test(
    "a job at the limit without a model fails at once; one that was asked by its owner does not")
  func noModel() {
    var limits = RunTimeLimits(configuredSeconds: 5)
    limits.start(id, ownSeconds: nil, nowSeconds: 0)
    #expect(limits.cannotFinish(id) == nil)
    _ = limits.due(nowSeconds: 5)
    let reason =
      "it ran longer than max_job_runtime_secs (5 s) allows, and had no model yet that could be its result"
    #expect(limits.cannotFinish(id) == [.fail(id, reason: reason)])
    #expect(limits.cannotFinish(id) == nil && limits.due(nowSeconds: 1e6).isEmpty)
  }

  @Test("the time before an interruption counts")
  func continuation() {
    var limits = RunTimeLimits(configuredSeconds: 5)
    limits.start(id, ownSeconds: nil, nowSeconds: 0)
    limits.ended(id)
    limits.start(id, ownSeconds: nil, earlierSeconds: 3, nowSeconds: 4)
    #expect(limits.due(nowSeconds: 5).isEmpty && limits.due(nowSeconds: 6).count == 1)
  }

  @Test("a job that continues at the limit is asked until it has read its checkpoint, or its grace is over")
  func continuationAtLimit() {
    var limits = RunTimeLimits(configuredSeconds: 5)
    limits.start(id, ownSeconds: nil, earlierSeconds: 7, nowSeconds: 0)
    #expect(limits.due(nowSeconds: 0).count == 1 && limits.due(nowSeconds: 1).isEmpty)
    #expect(limits.cannotFinish(id) == [])
    #expect(limits.due(nowSeconds: 2) == [.finishAgain(id)] && limits.due(nowSeconds: 3).isEmpty)
    #expect(limits.cannotFinish(id) == [] && limits.due(nowSeconds: 59) == [.finishAgain(id)])
    guard case .fail = limits.due(nowSeconds: 60).first else {
      Issue.record("the job has not failed")
      return
    }
    #expect(limits.cannotFinish(id) == nil)
  }
}
