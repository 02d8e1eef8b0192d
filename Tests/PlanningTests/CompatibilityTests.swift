import JobFiles
import Metrics
import Planning
import Testing
import Training

@Suite("What a compatibility mode means for each module")
struct CompatibilityTests {
  @Test("documentation mode has the rules that the modules have by themselves")
  func documentation() {
    let compatibility = Compatibility(.documentation)
    #expect(compatibility.training == TrainingRules())
    #expect(compatibility.metrics == MetricRules())
  }

  @Test("every stopping metric of a job is one of training, by the same name; AUTO goes by the kind of model")
  func stoppingMetrics() {
    for choice in StoppingMetricChoice.allCases where choice != .auto {
      for isClassifier in [true, false] {
        let metric = StoppingMetric(choice, isClassifier: isClassifier, isAutoencoder: false)
        #expect(metric.rawValue == choice.rawValue)
      }
    }
    #expect(StoppingMetric(.auto, isClassifier: true, isAutoencoder: false) == .logloss)
    #expect(StoppingMetric(.auto, isClassifier: false, isAutoencoder: false) == .deviance)
    #expect(StoppingMetric(.auto, isClassifier: false, isAutoencoder: true) == .mse)
  }
}
