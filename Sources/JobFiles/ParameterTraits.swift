/// Properties of keys that other modules need, so that only the catalogue lists key names.
package struct ParameterTraits: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// A key that a grid cannot vary: tables, columns with a role and settings of the whole job, as in H2O
  /// (docs/reference/h2o-behaviour.md).
  package static let fixedInGrids = ParameterTraits(rawValue: 1 << 0)
  /// A key that cannot change when training continues from a checkpoint (rule E22).
  package static let fixedOnContinuation = ParameterTraits(rawValue: 1 << 1)
  /// A key that affects how networks are scored; if it changes, earlier values of the stopping metric are not comparable.
  package static let judgesModels = ParameterTraits(rawValue: 1 << 2)
  /// A key that jobs of `kind: predict` accept too: reading of tables, and the decision threshold.
  package static let appliesToPredictions = ParameterTraits(rawValue: 1 << 3)
  /// A key that H2O does not have and that changes the model; `compatibility: h2o-3.46` permits only its default.
  package static let unknownToH2O = ParameterTraits(rawValue: 1 << 4)
  /// A cost of weights, which advice on unstable trainings names.
  package static let penalty = ParameterTraits(rawValue: 1 << 5)
}

extension ParameterRow {
  /// Whether a grid may vary the parameter.
  package var gridSearchable: Bool { group.isSearched && !traits.contains(.fixedInGrids) }

  /// Whether the value must equal that of the earlier job when training continues from a checkpoint.
  package var fixedOnContinuation: Bool { traits.contains(.fixedOnContinuation) }

  /// Whether the parameter affects how networks are scored.
  package var judgesModels: Bool { traits.contains(.judgesModels) }

  /// Whether a job of `kind: predict` may give the parameter.
  package var appliesToPredictions: Bool {
    group == .prediction || group == .scheduling || traits.contains(.appliesToPredictions)
  }
}

extension ParameterGroup {
  /// Whether the group's parameters belong to a model, so that a grid may vary them.
  fileprivate var isSearched: Bool {
    switch self {
    case .jobFile, .reading, .grid, .scheduling, .daemon: false
    case .data, .network, .objective, .training, .learningRate, .regularization, .autoencoder, .classBalancing,
      .scoring, .stopping, .crossValidation, .restart, .execution, .output, .prediction:
      true
    }
  }
}
