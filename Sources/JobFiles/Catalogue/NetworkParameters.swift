internal import Documents

/// The shape of the network, its initial weights and its regularisation.
package struct NetworkParameters: Sendable {
  package let activation = Parameter<ActivationChoice>(
    "activation", default: .rectifier, group: .network,
    traits: [.fixedOnContinuation],
    otherNames: ["activation_function", "hidden_activation", "nonlinearity"],
    "Activation function of the hidden units; WithDropout variants also drop units in training.",
    details: """
      hidden_dropout_ratios sets the share of dropped units. Autoencoders do not support Maxout; if one
      does not converge, try Tanh. ExpRectifier is not on H2O's reference page, but H2O's engine accepts
      it. SELU and Mish are not in H2O; MOJO exports cannot express them, ONNX exports can. Sources:
      Klambauer et al. 2017, arXiv 1706.02515 (SELU); Misra 2019, arXiv 1908.08681 (Mish).
      """)
  package let hidden = Parameter<[Int]>(
    "hidden", default: [200, 200], .each(.atLeast(1)), group: .network,
    traits: [.fixedOnContinuation], listSpelling: .numbers,
    otherNames: ["hidden_layer_sizes", "hidden_layers", "hidden_units", "layers", "units", "size"],
    "Number of units in each hidden layer.",
    details: """
      An empty list makes a linear model. The network may have at most 100,000,000 weights and biases. A
      Maxout unit has two sets of weights.
      """)
  package let initialWeightDistribution = Parameter<InitialWeightChoice>(
    "initial_weight_distribution", default: .uniformAdaptive, group: .network,
    activeWhen: .initialWeightDistribution,
    otherNames: ["kernel_initializer", "initializer", "init"],
    "Distribution of the initial weights.",
    details: """
      UniformAdaptive is uniform between plus and minus sqrt(6 / (inputs + units)), four times that in
      the output layer of a classifier. Initial biases are 0 in the output layer and for Tanh and
      ExpRectifier. For Rectifier and Maxout they are 0.5 in the first hidden layer and 1 in the others.
      """)
  package let initialWeightScale = Parameter<Double>(
    "initial_weight_scale", default: 1, .above(0, atMost: 1000), group: .network,
    activeWhen: .initialWeightScale,
    "Half the width of Uniform, or the standard deviation of Normal.")
  package let initialWeights = Parameter<[String?]>(
    "initial_weights", default: [], defaultNote: "none", group: .network, isOnReferencePage: false,
    "Files with the initial weights, one per layer.",
    details: """
      The list has one entry per hidden layer and one for the output layer, in the format that
      export_weights_and_biases writes. null keeps the random weights of a layer. A layer uses its file
      only if initial_biases has one for it too.
      """)
  package let initialBiases = Parameter<[String?]>(
    "initial_biases", default: [], defaultNote: "none", group: .network, isOnReferencePage: false,
    "Files with the initial biases, one per layer.",
    details: "A layer uses its file only if initial_weights has one for it too.")
  package let inputDropoutRatio = Parameter<Double>(
    "input_dropout_ratio", default: 0, .from(0, below: 1), group: .regularization,
    otherNames: ["input_dropout"],
    "Share of the input units that are set to zero, drawn anew for each training row.",
    details: """
      It improves generalisation; 0.1 and 0.2 are common values. It works with every activation. Inputs
      are not rescaled, in training or in scoring.
      """)
  package let hiddenDropoutRatios = Parameter<[Double]>(
    "hidden_dropout_ratios", default: [], defaultNote: "0.5 per hidden layer", .each(.from(0, below: 1)),
    group: .regularization, activeWhen: "activation is a WithDropout variant", listSpelling: .numbers,
    otherNames: ["dropout", "dropout_rate", "hidden_dropout"],
    "Share of the hidden units that are dropped in training, one number per hidden layer.",
    details: "In scoring, the activations of a layer are multiplied by one minus its ratio.")
  package let l1 = Parameter<Double>(
    "l1", default: 0, .between(0, and: 1000), group: .regularization,
    traits: [.penalty],
    otherNames: ["l1_penalty", "lasso", "reg_alpha"],
    "L1 (lasso) penalty: this factor times the sum of the absolute weights.",
    details: """
      It sets many weights to zero. Each update moves a weight towards zero by this factor times the
      weight's learning rate; a weight that would cross zero becomes exactly zero. Biases are not
      penalised. With h2o-3.46 the factor times the sign of each weight and bias is added to its
      gradient.
      """)
  package let l2 = Parameter<Double>(
    "l2", default: 0, .between(0, and: 1000), group: .regularization,
    traits: [.penalty],
    otherNames: [
      "l2_penalty", "alpha", "weight_decay", "decay", "ridge", "reg_lambda", "kernel_regularizer", "penalty",
    ],
    "L2 (ridge) penalty: half of this factor times the sum of the squared weights.",
    details: """
      It keeps weights small. Each update divides a weight by 1 + this factor times the weight's
      learning rate. Biases are not penalised. With h2o-3.46 the factor times each weight and bias is
      added to its gradient.
      """)
  package let maxW2 = Parameter<Double>(
    "max_w2", default: 3.4028234663852886e38, .above(0), group: .regularization,
    otherNames: ["max_norm", "clipnorm", "clip_norm", "kernel_constraint"],
    "Maximum sum of the squared incoming weights of a unit; larger weights are scaled down.",
    details: """
      Set it to about 10 if training becomes unstable. An infinite value becomes 1000 with Rectifier and
      RectifierWithDropout, as in H2O.
      """)
  package let autoencoder = Parameter<Bool>(
    "autoencoder", default: false, group: .autoencoder,
    traits: [.fixedInGrids, .fixedOnContinuation],
    "Learns to reproduce the predictors instead of predicting a response.",
    details: """
      It takes no response_column and does not support Maxout. Numbers are scaled to a range of 1. With
      input_dropout_ratio it learns to remove noise. `deepspool predict --anomaly` gives the
      reconstruction error of each row.
      """)
  package let averageActivation = Parameter<Double>(
    "average_activation", default: 0, ValueRule("above -1 and at most 1000") { $0 > -1 && $0 <= 1000 },
    group: .autoencoder,
    activeWhen: .averageActivation,
    "Target for the mean activation of the hidden units of a sparse autoencoder.",
    details: """
      It must be above -1 and below 1 with Tanh and ExpRectifier, and above 0 with Rectifier; the
      default 0 is therefore invalid with Rectifier.
      """)
  package let sparsityBeta = Parameter<Double>(
    "sparsity_beta", default: 0, .between(0, and: 1000), group: .autoencoder, activeWhen: "autoencoder is true",
    traits: [.fixedOnContinuation],
    "Strength of the sparsity constraint of an autoencoder; 0 disables it.",
    details: """
      The biases of the hidden units follow the activations instead of the gradient, so that the mean
      activation of each unit over the training rows reaches average_activation within about 1,000 rows,
      with every learning rate. Larger values are faster, with little gain above 0.1. The last network
      is kept, whatever overwrite_with_best_model specifies: the network with the smallest error may be
      from before the mean was reached. With h2o-3.46 the bias of a unit moves by rate * sparsity_beta *
      (running mean - average_activation) in addition to its usual step, and reaches the mean only where
      the loss permits it.
      """)
}
