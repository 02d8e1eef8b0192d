/// The shape of a network.
///
/// Layer 0 of the weights connects the inputs to the first hidden layer.
package struct NetworkTopology: Sendable, Hashable, Codable {
  /// Input units, one-hot units included; those come first.
  package let inputs: Int
  /// How many of the inputs are one-hot units of categorical columns.
  package let categoricalInputs: Int
  /// Categorical columns: how many of those units are 1 at a time.
  package let categoricalColumns: Int
  /// Whether several of them can be the same input, which then is above 1.
  package let hashesCategoricals: Bool
  package let hidden: [Int]
  package let outputs: Int
  package let activation: Activation
  /// Nil, as in models of before it was known, means no.
  private let sparseNumerics: Bool?

  /// `hasSparseNumerics`: Whether most numeric inputs are zero, because the job says so.
  package init(
    inputs: Int, categoricalInputs: Int, categoricalColumns: Int, hashesCategoricals: Bool = false,
    hasSparseNumerics: Bool = false, hidden: [Int], outputs: Int, activation: Activation
  ) {
    self.inputs = inputs
    self.categoricalInputs = categoricalInputs
    self.categoricalColumns = categoricalColumns
    self.hashesCategoricals = hashesCategoricals
    self.hidden = hidden
    self.outputs = outputs
    self.activation = activation
    sparseNumerics = hasSparseNumerics ? true : nil
  }

  /// Units of every layer, inputs and outputs included.
  package var units: [Int] { [inputs] + hidden + [outputs] }
  /// Layers of weights: hidden layers and the output layer.
  package var weightLayers: Int { hidden.count + 1 }

  package func isOutput(_ layer: Int) -> Bool { layer == hidden.count }
  package func inputs(of layer: Int) -> Int { layer == 0 ? inputs : hidden[layer - 1] }
  package func units(of layer: Int) -> Int { isOutput(layer) ? outputs : hidden[layer] }
  /// Sets of weights per unit: 2 in hidden layers of Maxout.
  package func channels(of layer: Int) -> Int { isOutput(layer) ? 1 : activation.channels }

  /// Whether most numeric inputs are zero.
  package var hasSparseNumerics: Bool { sparseNumerics ?? false }

  /// Whether fewer than half of the inputs are expected to differ from zero at a time.
  package var hasSparseInputs: Bool {
    2 * (categoricalColumns + (hasSparseNumerics ? 0 : inputs - categoricalInputs)) < inputs
  }

  /// Weights and biases together, counted as H2O prints it.
  package var parameterCount: Int {
    (0..<weightLayers).reduce(0) { $0 + (inputs(of: $1) + 1) * units(of: $1) * channels(of: $1) }
  }
}
