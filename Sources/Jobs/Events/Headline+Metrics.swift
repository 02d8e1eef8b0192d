internal import JobEvents
internal import Metrics

extension JobEvent.Headline {
  init(_ metric: ModelMetrics.Named) { self.init(name: metric.name, value: metric.value) }
}
