internal import DataFrames
package import DeepLearning

/// Updates the running means of a sparse autoencoder with scored rows, as H2O inadvertently does
/// (h2o-behaviour.md#sparse-autoencoders).
///
/// In H2O every forward pass moves the means, also outside training, with the activations before dropout scaling.
package struct MeanActivations {
  private let model: Model

  package init(model: Model) { self.model = model }

  package func update(_ state: inout NetworkState, with table: ScoringTable) {
    var scorer = ExactScorer(
      topology: model.topology, objective: model.objective, dropout: model.dropout, state: model.state,
      keepsUnscaled: true)
    let cursor = RowCursor<Double>(table.rows)
    var outputs = [Double](repeating: 0, count: model.topology.outputs)
    for layer in model.topology.hidden.indices where state.layers[layer].meanActivations.isEmpty {
      state.layers[layer].meanActivations = [Double](repeating: 0, count: model.topology.hidden[layer])
    }
    for row in table.selection {
      cursor.move(to: row)
      outputs.withUnsafeMutableBufferPointer {
        scorer.predict(NetworkInput(activeUnits: cursor.activeUnits, numerics: cursor.numerics), into: $0)
      }
      for layer in model.topology.hidden.indices {
        Sparsity.update(&state.layers[layer].meanActivations, with: scorer.unscaledActivations(ofHiddenLayer: layer))
      }
    }
  }
}
