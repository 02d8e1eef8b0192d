/// The relevance of each input unit for the outputs, from the weights of the first two layers.
///
/// Source: Gedeon 1997, Data mining of inputs: analysing magnitude and functional measures; in single
/// precision and per expanded input as in H2O (h2o-behaviour.md#variable-importances). Biases and deeper
/// layers are ignored. For Maxout the absolute weights of both channels are added.
package enum VariableImportances {
  /// Returns one number per input unit; the largest is 1 before unseen units are set to 0.
  ///
  /// `unseen`: The input units of missing levels that occur in no trained row, so that their weights are
  /// still the initial ones.
  ///
  /// `maxout`: The weights of a Maxout unit that are used.
  package static func compute(
    _ state: NetworkState, topology: NetworkTopology, unseen: [Int],
    maxout: NetworkRules.MaxoutImportances = .sumOfChannels
  ) -> [Float] {
    var importances = raw(state, topology: topology, maxout: maxout)
    let largest = importances.max() ?? 0
    if largest > 0 { for index in importances.indices { importances[index] /= largest } }
    for unit in unseen { importances[unit] = 0 }
    return importances
  }

  private static func raw(_ state: NetworkState, topology: NetworkTopology, maxout: NetworkRules.MaxoutImportances)
    -> [Float]
  {
    let first = absoluteWeights(state, topology: topology, layer: 0, maxout: maxout)
    let inputs = topology.inputs
    var importances = [Float](repeating: 0, count: inputs)
    guard topology.weightLayers > 1 else {
      for unit in 0..<topology.outputs {
        for input in 0..<inputs { importances[input] += first[unit * inputs + input] }
      }
      return importances
    }
    let second = absoluteWeights(state, topology: topology, layer: 1, maxout: maxout)
    let middle = topology.hidden[0]
    let firstSums = rowSums(first, columns: inputs)
    let secondSums = rowSums(second, columns: middle)
    for upper in secondSums.indices {
      var shares = [Float](repeating: 0, count: inputs)
      for hidden in 0..<middle where firstSums[hidden] > 0 && secondSums[upper] > 0 {
        let weight = second[upper * middle + hidden] / secondSums[upper]
        for input in 0..<inputs { shares[input] += first[hidden * inputs + input] / firstSums[hidden] * weight }
      }
      let total = shares.reduce(0, +)
      guard total > 0 else { continue }
      for input in 0..<inputs { importances[input] += shares[input] / total }
    }
    return importances
  }

  /// Returns |w| as [units x inputs] with channels added, or, as H2O does, the first half of the flat array.
  private static func absoluteWeights(
    _ state: NetworkState, topology: NetworkTopology, layer: Int, maxout: NetworkRules.MaxoutImportances
  ) -> [Float] {
    let channels = topology.channels(of: layer)
    let weights = state.layers[layer].weights
    guard channels > 1 else { return weights.map(abs) }
    switch maxout {
    case .firstHalfOfArray: return weights.prefix(weights.count / channels).map(abs)
    case .sumOfChannels:
      return (0..<weights.count / channels).map { index in
        (0..<channels).reduce(Float(0)) { $0 + abs(weights[index * channels + $1]) }
      }
    }
  }

  private static func rowSums(_ matrix: [Float], columns: Int) -> [Float] {
    stride(from: 0, to: matrix.count, by: columns).map { start in matrix[start..<start + columns].reduce(0, +) }
  }
}
