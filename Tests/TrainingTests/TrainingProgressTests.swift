import Foundation
import Testing
import Training

@Suite("How far a training is")
struct TrainingProgressTests {
  @Test("what earlier builds wrote can be read; what they did not know is taken from the rest")
  func earlierBuilds() throws {
    let text = """
      {"elapsedSeconds": 1.5, "isBetweenIterations": true, "iteration": 2, "samples": 300, "samplesBeforeIteration": 300,
       "visited": 0}
      """
    let earlier = try JSONDecoder().decode(TrainingProgress.self, from: Data(text.utf8))
    #expect(earlier.iteration == 2 && earlier.samples == 300 && earlier.elapsedSeconds == 1.5)
    #expect(!earlier.isAtStart && earlier.trainedMissingUnits.isEmpty)
    var now = earlier
    now.isAtStart = true
    now.trainedMissingUnits = [4, 7]
    #expect(try JSONDecoder().decode(TrainingProgress.self, from: JSONEncoder().encode(now)) == now)
  }
}
