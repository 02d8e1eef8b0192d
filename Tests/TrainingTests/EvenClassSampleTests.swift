import Testing
import Training

@Suite("Samples with equal class sizes")
struct EvenClassSampleTests {
  @Test(
    "classes share the samples equally; classes with fewer rows give all, and the others share the rest",
    arguments: [
      ([36_000, 1000, 1000, 1000, 1000], 1000, [200, 200, 200, 200, 200]),
      ([9000, 30, 10], 100, [60, 30, 10]), ([240, 40, 20], 90, [35, 35, 20]), ([5, 5], 100, [5, 5]),
      ([0, 7, 9], 8, [0, 4, 4]), ([100, 100, 100], 10, [3, 3, 4]), ([50], 7, [7]), ([3, 4], 0, [0, 0]),
    ])
  func quotas(_ counts: [Int], _ samples: Int, _ expected: [Int]) {
    #expect(EvenClassSample.quotas(of: counts, samples: samples) == expected)
  }
}
