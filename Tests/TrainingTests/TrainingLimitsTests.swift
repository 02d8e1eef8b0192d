import Testing
import Training

@Suite("Pauses that a search decides")
struct TrainingLimitsTests {
  private let schedule = IterationSchedule(
    rowCount: 10, epochs: 10, request: 0, isReproducible: true, shuffles: false)

  private func pause(_ limits: TrainingLimits, nowSeconds: Double = 0) -> Int? {
    stride(from: 10, through: 100, by: 10).first { limits.pauses(schedule, samples: $0, nowSeconds: nowSeconds) }
  }

  @Test("a fraction of the epochs ends with the nearest iteration; all of the epochs are no pause")
  func fraction() {
    #expect(pause(TrainingLimits(pauseFraction: 0.32)) == 30)
    #expect(pause(TrainingLimits(pauseFraction: 0.36)) == 40)
    #expect(pause(TrainingLimits(pauseFraction: 1)) == nil && pause(TrainingLimits()) == nil)
  }

  @Test("after its time a training pauses, whatever its fraction")
  func time() {
    for fraction in [nil, 0.5, 1] {
      let limits = TrainingLimits(pauseFraction: fraction, pauseSeconds: 7)
      #expect(pause(limits, nowSeconds: 7) == 10)
      #expect(pause(limits, nowSeconds: 6.9) == (fraction == 0.5 ? 50 : nil))
    }
  }
}
