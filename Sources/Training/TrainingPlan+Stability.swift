package import DeepLearning

extension TrainingPlan {
  /// The layer, counted from 1, whose weights or biases have grown beyond use; nil if none has.
  package func unstableLayer(_ state: NetworkState) -> Int? { state.unstableLayer(options.rules).map { $0 + 1 } }

  /// The end of a training whose weights have grown beyond use, whether or not a layer can be named.
  func grownWeights(_ state: NetworkState, samples: Int) -> UnstableTraining {
    UnstableTraining(
      epochs: schedule.epochs(samples: samples),
      cause: .grownWeights(layer: unstableLayer(state)))
  }

  /// - Throws: ``UnstableTraining`` naming the first layer that has grown beyond use.
  func refuseUnstable(_ state: NetworkState, samples: Int) throws(UnstableTraining) {
    if unstableLayer(state) != nil { throw grownWeights(state, samples: samples) }
  }
}
