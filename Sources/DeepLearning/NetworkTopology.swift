/// The shape of a network.
///
/// Layer 0 of the weights connects the inputs to the first hidden layer.
package struct NetworkTopology: Sendable, Hashable, Codable {
  /// The input units; one-hot units come first.
  package let inputs: Int
  /// The number of inputs that are one-hot units of categorical columns.
  package let categoricalInputs: Int
  /// The number of categorical columns, which is the number of one-hot units that are 1 at a time.
  package let categoricalColumns: Int
  /// Whether categorical columns are hashed; with a collision, an input is greater than 1.
  package let hashesCategoricals: Bool
  package let hidden: [Int]
  package let outputs: Int
  package let activation: Activation
  /// Nil means false, as in models saved before this property existed.
  private let sparseNumerics: Bool?

  /// `hasSparseNumerics`: True if the job declares that most numeric inputs are zero.
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

  /// The number of units of every layer, inputs and outputs included.
  package var units: [Int] { [inputs] + hidden + [outputs] }
  /// The number of layers with weights: the hidden layers and the output layer.
  package var weightLayers: Int { hidden.count + 1 }

  package func isOutput(_ layer: Int) -> Bool { layer == hidden.count }
  package func inputs(of layer: Int) -> Int { layer == 0 ? inputs : hidden[layer - 1] }
  package func units(of layer: Int) -> Int { isOutput(layer) ? outputs : hidden[layer] }
  /// Returns the sets of weights per unit: 2 in hidden layers of Maxout, otherwise 1.
  package func channels(of layer: Int) -> Int { isOutput(layer) ? 1 : activation.channels }

  /// Whether most numeric inputs are zero.
  package var hasSparseNumerics: Bool { sparseNumerics ?? false }

  /// Whether fewer than half of the inputs are expected to be nonzero in a row.
  package var hasSparseInputs: Bool {
    2 * (categoricalColumns + (hasSparseNumerics ? 0 : inputs - categoricalInputs)) < inputs
  }

  /// The number of weights and biases, as H2O prints it.
  package var parameterCount: Int {
    (0..<weightLayers).reduce(0) { $0 + (inputs(of: $1) + 1) * units(of: $1) * channels(of: $1) }
  }
}
