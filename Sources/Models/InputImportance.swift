internal import DataFrames
internal import DeepLearning

/// An input of a model with how much it matters.
package struct InputImportance: Sendable {
  package let name: String
  /// Relative to the input that matters most.
  package let value: Double
  /// Of all inputs together; NaN where none matters.
  package let share: Double
}

extension Model {
  /// The inputs, those that matter most first.
  ///
  /// `trainedMissingUnits`: Units for missing levels that training has turned on; the weights of the others are the first
  /// ones, which say nothing.
  package func importances(trainedMissingUnits: [Int]) -> [InputImportance] {
    let unseen = encoding.missingUnits.filter { !trainedMissingUnits.contains($0) }
    let values = VariableImportances.compute(
      state, topology: topology, unseen: unseen, maxout: rules.network.maxoutImportances)
    let names = encoding.inputNames
    let total = values.reduce(0.0) { $0 + Double($1) }
    return values.indices.sorted { (values[$1], $0) < (values[$0], $1) }.map { index in
      let value = Double(values[index])
      return InputImportance(name: names[index], value: value, share: total > 0 ? value / total : .nan)
    }
  }
}
