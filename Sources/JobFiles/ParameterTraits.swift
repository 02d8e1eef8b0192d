/// What else the product must know about a key, so that no list of key names stands anywhere but in the catalogue.
package struct ParameterTraits: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// A grid cannot vary it: frames, columns with a role and what concerns the job as a whole, as in H2O
  /// (docs/reference/h2o-behaviour.md).
  package static let fixedInGrids = ParameterTraits(rawValue: 1 << 0)
  /// It cannot change when training goes on from a checkpoint (rule E22).
  package static let fixedOnContinuation = ParameterTraits(rawValue: 1 << 1)
  /// Networks are judged by it: where it changes, earlier values of the stopping metric say nothing.
  package static let judgesModels = ParameterTraits(rawValue: 1 << 2)
  /// Jobs that predict take it too: how a table is read, and where labels begin.
  package static let appliesToPredictions = ParameterTraits(rawValue: 1 << 3)
}

extension ParameterRow {
  /// Whether a grid may vary the parameter.
  package var gridSearchable: Bool { group.isSearched && !traits.contains(.fixedInGrids) }

  /// Whether the value must be that of the earlier job when training goes on from a checkpoint.
  package var fixedOnContinuation: Bool { traits.contains(.fixedOnContinuation) }

  /// Whether networks are judged by it.
  package var judgesModels: Bool { traits.contains(.judgesModels) }

  /// Whether a job of `kind: predict` may give it.
  package var appliesToPredictions: Bool {
    group == .prediction || group == .scheduling || traits.contains(.appliesToPredictions)
  }
}

extension ParameterGroup {
  /// Whether its parameters are those of a model, which a grid varies.
  fileprivate var isSearched: Bool {
    switch self {
    case .jobFile, .grid, .scheduling, .daemon: false
    case .data, .network, .objective, .training, .learningRate, .regularization, .autoencoder, .classBalancing,
      .scoring, .stopping, .crossValidation, .restart, .execution, .output, .prediction:
      true
    }
  }
}
