package import DeepLearning

extension TrainingPlan {
  /// Returns the first layer, counted from 1, whose weights or biases exceed the limits of stability; nil if none does.
  package func unstableLayer(_ state: NetworkState) -> Int? { state.unstableLayer(options.rules).map { $0 + 1 } }

  /// Returns the error for weights that grow without bound, even if no layer can be named.
  func grownWeights(_ state: NetworkState, samples: Int) -> UnstableTraining {
    UnstableTraining(
      epochs: course.schedule.epochs(samples: samples),
      cause: .grownWeights(layer: unstableLayer(state)))
  }

  /// - Throws: ``UnstableTraining`` with the first layer that exceeds the limits of stability.
  func refuseUnstable(_ state: NetworkState, samples: Int) throws(UnstableTraining) {
    if unstableLayer(state) != nil { throw grownWeights(state, samples: samples) }
  }
}
