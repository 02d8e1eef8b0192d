import Foundation
import Testing
import Training

@Suite("Progress of a training")
struct TrainingProgressTests {
  @Test("progress of earlier versions can be read; missing fields are derived from the others")
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
