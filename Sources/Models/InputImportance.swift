internal import DataFrames
internal import DeepLearning

/// The importance of one input of a model.
package struct InputImportance: Sendable {
  package let name: String
  /// The index of the input.
  package let input: Int
  /// The importance relative to the most important input.
  package let value: Double
  /// The fraction of the total importance of all inputs; NaN if every importance is 0.
  package let share: Double
}

extension Model {
  /// Returns the inputs by descending importance; of an ensemble, the mean over its networks.
  ///
  /// `trainedMissingUnits`: The units for missing levels that training has turned on. The other
  /// ones keep their initial weights, which carry no information.
  package func importances(trainedMissingUnits: [Int]) -> [InputImportance] {
    let unseen = encoding.missingUnits.filter { !trainedMissingUnits.contains($0) }
    var values = VariableImportances.compute(
      state, topology: topology, unseen: unseen, maxout: rules.network.maxoutImportances)
    if let ensemble {
      for index in values.indices { values[index] *= Float(ensemble.ownShare) }
      for member in ensemble.members {
        let own = VariableImportances.compute(
          member.state, topology: member.topology, unseen: unseen, maxout: rules.network.maxoutImportances)
        for index in values.indices { values[index] += Float(member.share) * own[index] }
      }
      if let largest = values.max(), largest > 0 { for index in values.indices { values[index] /= largest } }
    }
    let names = encoding.inputNames
    let total = values.reduce(0.0) { $0 + Double($1) }
    return values.indices.sorted { (values[$1], $0) < (values[$0], $1) }.map { index in
      let value = Double(values[index])
      return InputImportance(
        name: names[index], input: index, value: value, share: total > 0 ? value / total : .nan)
    }
  }
}
