import DeepLearning
import JobFiles
import Metrics
import Planning
import Testing
import Training

@Suite("Rules of the compatibility modes")
struct CompatibilityTests {
  @Test("documentation mode has the default rules of the modules")
  func documentation() {
    let compatibility = Compatibility(.documentation)
    #expect(compatibility.training == TrainingRules())
    #expect(compatibility.metrics == MetricRules())
  }

  @Test("no rule of H2O is the default, so that tests of both modes cover all of them")
  func h2o() {
    let (rules, defaults) = (Mirror(reflecting: Compatibility(.h2o346).network), Mirror(reflecting: NetworkRules()))
    #expect(rules.children.count == defaults.children.count && rules.children.count > 10)
    for (rule, answer) in zip(rules.children, defaults.children) {
      #expect(String(describing: rule.value) != String(describing: answer.value), "\(rule.label ?? "")")
    }
  }

  @Test("every stopping metric of a job exists in Training under the same name; AUTO depends on the kind of model")
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
