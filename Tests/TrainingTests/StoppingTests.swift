import Testing
import Training

@Suite("Scoring schedule and early stopping")
struct StoppingTests {
  private func rule(_ metric: StoppingMetric, _ rounds: Int, _ tolerance: Double = 0) -> StoppingRule {
    StoppingRule(metric: metric, rounds: rounds, tolerance: tolerance)
  }

  @Test("training stops when the last averages are no better than the one before")
  func movingAverage() {
    let improving = [Double.nan, 1.0, 0.9, 0.8, 0.7, 0.6]
    let flat = [Double.nan, 1.0, 0.9, 0.9, 0.9, 0.9, 0.9]
    #expect(!rule(.logloss, 2).stops(improving))
    #expect(rule(.logloss, 2).stops(flat))
    #expect(!rule(.logloss, 0).stops(flat))
    #expect(!rule(.logloss, 3).stops(Array(flat.prefix(6))))
  }

  @Test("the tolerance requires a relative improvement; for some metrics, more is better")
  func toleranceAndDirection() {
    let slow = [Double.nan, 1.0, 0.999, 0.998, 0.997]
    #expect(!rule(.rmse, 2).stops(slow))
    #expect(rule(.rmse, 2, 0.01).stops(slow))
    let rising = [Double.nan, 0.5, 0.6, 0.7, 0.8]
    #expect(!rule(.auc, 2).stops(rising))
    #expect(rule(.auc, 2).stops(Array([Double.nan] + rising.dropFirst().reversed())))
  }

  @Test("a perfect score stops training; a missing score or a change of sign does not")
  func edges() {
    #expect(rule(.mse, 1).stops([.nan, 0, 0]))
    #expect(!rule(.deviance, 1).stops([.nan, 0, 0]))
    #expect(!rule(.mse, 1).stops([.nan, 1, .nan]))
    #expect(!rule(.deviance, 1).stops([.nan, 1, -1]))
  }

  @Test("negative values improve and worsen as positive ones do")
  func belowZero() {
    let rising = [Double.nan, -3.4, -0.9, -0.4, -0.3, -0.2]
    #expect(!rule(.r2, 2).stops(rising))
    #expect(rule(.r2, 2).stops(Array([Double.nan] + rising.dropFirst().reversed())))
    #expect(rule(.r2, 1, 0.5).stops([.nan, -1, -0.9]))
    #expect(!rule(.deviance, 2).stops([.nan, -1, -1.1, -1.2, -1.3]))
    #expect(rule(.deviance, 2).stops([.nan, -1.3, -1.2, -1.1, -1]))
  }

  @Test("H2O's rule of interval and duty cycle, on a simulated clock")
  func schedule() {
    var schedule = ScoringSchedule(interval: .seconds(5), dutyCycle: 0.1)
    #expect(schedule.isDue(now: 0, expectedSeconds: nil))
    schedule.scored(from: 0, to: 0.4)
    #expect(!schedule.isDue(now: 5, expectedSeconds: nil))
    #expect(schedule.isDue(now: 5.01, expectedSeconds: nil))
    // 2 of the next 19.9 seconds would exceed a tenth; 2 of 20.1 do not.
    schedule.scored(from: 10, to: 12)
    #expect(!schedule.isDue(now: 29.9, expectedSeconds: nil))
    #expect(schedule.isDue(now: 30.1, expectedSeconds: nil))
  }

  @Test("a duty cycle of 0 never scores before the end")
  func noDuty() {
    #expect(!ScoringSchedule(interval: .seconds(0), dutyCycle: 0).isDue(now: 1e9, expectedSeconds: nil))
  }

  @Test("the default interval is a fiftieth of the expected duration, at most five seconds")
  func share() {
    var schedule = ScoringSchedule(interval: .share(1.0 / 50, longestSeconds: 5), dutyCycle: 0.1)
    schedule.scored(from: 100, to: 100.001)
    #expect(!schedule.isDue(now: 100.19, expectedSeconds: 10))
    #expect(schedule.isDue(now: 100.21, expectedSeconds: 10))
    #expect(!schedule.isDue(now: 104.9, expectedSeconds: 10_000))
    #expect(schedule.isDue(now: 105.1, expectedSeconds: 10_000))
    #expect(!schedule.isDue(now: 104.9, expectedSeconds: nil))
    // The duty cycle still applies: after a scoring of 0.5 s, the next one is due after 5 s.
    schedule.scored(from: 200, to: 200.5)
    #expect(!schedule.isDue(now: 204.9, expectedSeconds: 10))
  }
}
