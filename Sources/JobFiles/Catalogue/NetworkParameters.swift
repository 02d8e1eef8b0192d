internal import Documents

/// The shape of the network and its first weights.
package struct NetworkParameters: Sendable {
  package let activation = Parameter<ActivationChoice>(
    "activation", default: .rectifier, group: .network,
    traits: [.fixedOnContinuation],
    otherNames: ["activation_function", "hidden_activation", "nonlinearity"],
    "Function of the hidden units; the WithDropout forms also drop hidden units at random while training.",
    details: "ExpRectifier is not on H2O's reference page but accepted by its engine.")
  package let hidden = Parameter<[Int]>(
    "hidden", default: [200, 200], .each(.atLeast(1)), group: .network,
    traits: [.fixedOnContinuation], listSpelling: .numbers,
    otherNames: ["hidden_layer_sizes", "hidden_layers", "hidden_units", "layers", "units", "size"],
    "Units of each hidden layer.",
    details: """
      An empty list makes a linear model. Weights and biases together may not exceed 100,000,000. A unit of Maxout \
      has two sets of weights.
      """)
  package let initialWeightDistribution = Parameter<InitialWeightChoice>(
    "initial_weight_distribution", default: .uniformAdaptive, group: .network,
    otherNames: ["kernel_initializer", "initializer", "init"],
    "Distribution of the first weights.",
    details: """
      UniformAdaptive draws from plus or minus sqrt(6 / (inputs + units)), four times that in the output layer of a \
      classifier. First biases are 0 in the output layer and for Tanh and ExpRectifier; for Rectifier and Maxout 0.5 \
      in the first hidden layer and 1 in the others.
      """)
  package let initialWeightScale = Parameter<Double>(
    "initial_weight_scale", default: 1, .above(0, atMost: 1000), group: .network,
    activeWhen: .initialWeightScale,
    "Half the width of Uniform, the standard deviation of Normal.")
  package let initialWeights = Parameter<[String?]>(
    "initial_weights", default: [], defaultNote: "none", group: .network, isOnReferencePage: false,
    "Files with the first weights, one per layer.",
    details: """
      One entry per hidden layer and one for the output layer, in the form that export_weights_and_biases writes. null \
      keeps random weights; so does a layer whose biases are not given.
      """)
  package let initialBiases = Parameter<[String?]>(
    "initial_biases", default: [], defaultNote: "none", group: .network, isOnReferencePage: false,
    "Files with the first biases, one per layer.")
  package let inputDropoutRatio = Parameter<Double>(
    "input_dropout_ratio", default: 0, .from(0, below: 1), group: .regularization,
    otherNames: ["input_dropout"],
    "Share of the input units that are set to zero, drawn anew for each training row.",
    details: "Acts with every activation. Inputs are not rescaled, neither in training nor in scoring.")
  package let hiddenDropoutRatios = Parameter<[Double]>(
    "hidden_dropout_ratios", default: [], defaultNote: "0.5 per hidden layer", .each(.from(0, below: 1)),
    group: .regularization, activeWhen: "activation is one of the WithDropout forms", listSpelling: .numbers,
    otherNames: ["dropout", "dropout_rate", "hidden_dropout"],
    "Share of the hidden units that are dropped, one number per hidden layer.",
    details: "In scoring the activations of a layer are multiplied by one minus its ratio.")
  package let l1 = Parameter<Double>(
    "l1", default: 0, .between(0, and: 1000), group: .regularization,
    otherNames: ["l1_penalty", "lasso", "reg_alpha"],
    "Lasso penalty: this times the sum of the magnitudes of the weights.",
    details: """
      Moves each weight towards zero by this times its learning rate, and sets it to exactly zero on the way. Biases \
      have no penalty. Under h2o-3.46 the sign of each weight and bias times this is added to its gradient.
      """)
  package let l2 = Parameter<Double>(
    "l2", default: 0, .between(0, and: 1000), group: .regularization,
    otherNames: ["l2_penalty", "alpha", "weight_decay", "decay", "ridge", "reg_lambda"],
    "Ridge penalty: half of this times the sum of the squared weights.",
    details: """
      Divides each weight by 1 + this times its learning rate. Biases have no penalty. Under h2o-3.46 each weight and \
      bias times this is added to its gradient.
      """)
  package let maxW2 = Parameter<Double>(
    "max_w2", default: 3.4028234663852886e38, .above(0), group: .regularization,
    otherNames: ["max_norm"],
    "Upper limit of the sum of squared weights that enter a unit; larger ones are scaled down.",
    details: "An infinite value becomes 1000 with Rectifier and RectifierWithDropout, as in H2O.")
  package let autoencoder = Parameter<Bool>(
    "autoencoder", default: false, group: .autoencoder,
    traits: [.fixedInGrids, .fixedOnContinuation],
    "Learns to reproduce the predictors instead of predicting a response.",
    details: """
      Takes no response_column and no Maxout. Numbers are scaled to a range of 1. With input_dropout_ratio it learns to \
      remove noise. `deepspool predict --anomaly` gives the reconstruction error of each row.
      """)
  package let averageActivation = Parameter<Double>(
    "average_activation", default: 0, ValueRule("above -1 and at most 1000") { $0 > -1 && $0 <= 1000 },
    group: .autoencoder,
    activeWhen: .averageActivation,
    "Mean activation that a sparse autoencoder aims at.")
  package let sparsityBeta = Parameter<Double>(
    "sparsity_beta", default: 0, .between(0, and: 1000), group: .autoencoder, activeWhen: "autoencoder",
    traits: [.fixedOnContinuation],
    "Strength with which a sparse autoencoder holds its mean activation; 0 is off.",
    details: """
      The biases of the hidden units follow the activations instead of the gradient, so that the mean of each unit over \
      the training rows comes to average_activation, with every learning rate, within about a thousand rows; larger values are \
      faster, with little to gain above 0.1. The last network is kept, whatever overwrite_with_best_model says: the one \
      with the smallest error may be from before the mean was reached. Under h2o-3.46 the bias of a unit moves by rate * sparsity_beta * (running \
      mean - average_activation) beside its usual step, which reaches the mean only where the errors let it.
      """)
}
