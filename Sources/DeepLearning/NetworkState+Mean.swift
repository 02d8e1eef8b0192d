extension NetworkState {
  /// Returns a network whose weights and biases are the means of those of `networks`; nil if there are none.
  ///
  /// Everything else is copied from the last network. The mean of the networks at
  /// the end of a training depends less on the last rows than each single network
  /// does (Polyak and Juditsky 1992; Izmailov et al. 2018).
  package static func mean(of networks: [NetworkState]) -> NetworkState? {
    guard var mean = networks.last?.withoutCopies else { return nil }
    let share = 1 / Double(networks.count)
    for layer in mean.layers.indices {
      for index in mean.layers[layer].weights.indices {
        let sum = networks.reduce(0.0) { $0 + Double($1.layers[layer].weights[index]) }
        mean.layers[layer].weights[index] = Float(sum * share)
      }
      for index in mean.layers[layer].biases.indices {
        mean.layers[layer].biases[index] = networks.reduce(0.0) { $0 + $1.layers[layer].biases[index] } * share
      }
    }
    return mean
  }
}
